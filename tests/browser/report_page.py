#!/usr/bin/env python3
"""The report's page as a reader sees it: opened from a file in headless Chromium.

Usage: report_page.py VALUENET SOURCE_DIRECTORY      (the built program, the project's root)
Exits with 77, which ctest calls skipped, where there is no browser or no Selenium.
"""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

SKIPPED = 77


def skip(reason):
    print(f"SKIPPED: {reason} (scripts/install-packages ci)")
    sys.exit(SKIPPED)


try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
except ImportError:
    skip("python3-selenium is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
if CHROMIUM is None or DRIVER is None:
    skip("chromium and chromedriver are not installed")

PROGRAM, SOURCE = sys.argv[1:3]
failures = []


def check(what, holds, shown=""):
    print(("ok    " if holds else "FAILED") + " " + what + (f": {shown}" if not holds else ""))
    if not holds:
        failures.append(what)


def browser(folder, width, height):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--force-device-scale-factor=1",
        f"--window-size={width},{height}",
        f"--user-data-dir={folder}/profile",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.add_experimental_option(
        "prefs", {"download.default_directory": folder, "download.prompt_for_download": False}
    )
    driver = webdriver.Chrome(service=Service(DRIVER), options=options)
    driver.set_script_timeout(60)
    return driver


def wait_for(condition, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    return condition()


def run(*arguments):
    return subprocess.run(
        [PROGRAM, *arguments], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ).stdout.decode()


def report(folder, name, *arguments):
    """The page's file, and what --json says of the same."""
    page = os.path.join(folder, name + ".html")
    quick = ("--replicates", "20", "--permutations", "10", "-q")
    run("report", *arguments, "-o", page, *quick)
    return page, json.loads(run("report", *arguments, "--json", *quick))


def blocks(document, kind):
    return [b for s in document["sections"] for b in s["blocks"] if b["type"] == kind]


def open_page(driver, page):
    driver.get("file://" + page)
    wait_for(lambda: driver.execute_script("return window.valuenet !== undefined"))


def quiet_page(driver, name):
    """No error in the console, and nothing fetched but the page itself."""
    errors = [e for e in driver.get_log("browser") if e["level"] == "SEVERE"]
    check(f"{name}: the console has no error", not errors, errors)
    asked = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not url.startswith(("file://", "data:", "blob:", "chrome:")):
                asked.append(url)
    check(f"{name}: the page requests nothing", not asked, asked)


def column(table, identifier):
    return [c["id"] for c in table["columns"]].index(identifier)


def same(a, b):
    if a is None or b is None:
        return a is None and b is None
    return a == b or abs(a - b) <= 1e-9 * max(abs(a), abs(b))


def expected_series(chart, table):
    """Of each series of a chart its points, from the table in the JSON."""
    x, log = column(table, chart["x"]), chart["y_axis"]["scale"] == "logarithmic"
    series = {}
    if chart["series"]:
        by, y = column(table, chart["series"]), column(table, chart["y"][0])
        for row in table["rows"]:
            name = row[by]["en"] if isinstance(row[by], dict) else row[by]
            series.setdefault(name, []).append([row[x], row[y]])
    else:
        for name in chart["y"]:
            series[name] = [[row[x], row[column(table, name)]] for row in table["rows"]]
    if log:
        series = {k: [p for p in v if p[1] is not None] for k, v in series.items()}
    return series


def check_charts(driver, document, name):
    driver.execute_script("window.valuenet.draw_all()")
    tables = {t["id"]: t for t in blocks(document, "table")}
    shown = driver.execute_script(
        """return Object.fromEntries([...window.valuenet.charts].map(([id, chart]) => [id,
             chart.view.getOption().series.map((s) => ({id: s.id, type: s.type, data: s.data, links: s.links || s.edges}))]))"""
    )
    for chart in blocks(document, "chart"):
        kind, table = chart["kind"], tables[chart["table"]]
        marks = driver.execute_script(
            "return document.querySelectorAll('#' + arguments[0] + ' svg path, #' + arguments[0] + ' svg text').length",
            chart["id"],
        )
        check(f"{name}: {chart['id']} is drawn", marks > 5, marks)
        got = {s["id"]: s for s in shown[chart["id"]]}
        if kind == "lines":
            right = all(
                len(got[k]["data"]) == len(points)
                and all(same(a[0], b[0]) and same(a[1], b[1]) for a, b in zip(got[k]["data"], points))
                for k, points in expected_series(chart, table).items()
            )
        elif kind in ("bars", "stacked"):
            right = all(
                got[k]["data"] == [p[1] for p in points]
                for k, points in expected_series(chart, table).items()
            )
        elif kind == "heat_map":
            value = column(table, chart["series"])
            right = [d[3] for d in got["flow"]["data"]] == [row[value] for row in table["rows"]]
        else:
            cells = {(row[0], row[1]): row[2] for row in table["rows"]}
            links = got["flow"]["links"] or []
            right = all(cells[(e["source"], e["target"])] == e["value"] for e in links)
        check(f"{name}: {chart['id']} shows the values of --json", right)


def check_table(driver, document, name):
    """The statistics in the page are those of --json, to the digits shown."""
    table = next(t for t in blocks(document, "table") if t["id"] == "statistics")
    cells = driver.execute_script(
        "return [...document.querySelectorAll('#statistics tbody tr')].map((r) => r.cells[1].textContent)"
    )
    value = column(table, "value")
    right = len(cells) == len(table["rows"])
    for shown, row in zip(cells, table["rows"]):
        if row[value] is None:
            right = right and shown == "–"
        else:
            right = right and abs(float(shown.replace(",", "")) - row[value]) <= 1e-5 * abs(row[value])
    check(f"{name}: the statistics are those of --json", right, cells)


def check_languages(driver, document, name):
    for code, other in (("zh", "en"), ("en", "zh")):
        driver.find_element(By.CSS_SELECTOR, f"[data-switch={code}]").click()
        titles = [h.text for h in driver.find_elements(By.CSS_SELECTOR, "main h2")]
        check(f"{name}: headings in {code}", titles == [s["title"][code] for s in document["sections"]], titles)
        hidden = driver.execute_script(
            f"return [...document.querySelectorAll('.{other}')].every((e) => e.offsetParent === null)"
        )
        check(f"{name}: nothing in {other} is left", hidden)
        chart = next(c for c in blocks(document, "chart") if c["id"] == "chart_lorenz")
        drawn = driver.execute_script("return document.querySelector('#chart_lorenz svg').textContent")
        check(f"{name}: charts speak {code}", chart["x_axis"]["title"][code] in drawn, drawn[:200])


def pixels(driver):
    """Size of the network picture, and how many of its pixels differ from the paper."""
    return driver.execute_script(
        """window.valuenet.picture.open();
           const canvas = window.valuenet.picture.canvas();
           const bytes = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
           let inked = 0;
           for (let i = 4; i < bytes.length; i += 4) {
             if (Math.abs(bytes[i] - bytes[0]) + Math.abs(bytes[i + 1] - bytes[1]) + Math.abs(bytes[i + 2] - bytes[2]) > 30) ++inked;
           }
           return [canvas.width * canvas.height, inked];"""
    )


def check_picture(driver, document, name, label):
    driver.execute_script("document.getElementById('picture').scrollIntoView({behavior: 'instant'})")
    size, inked = pixels(driver)
    check(f"{name}: the network picture is not blank", inked > 200 and inked < size / 2, (size, inked))
    box = driver.find_element(By.CSS_SELECTOR, "#picture input[type=search]")
    box.send_keys(label[:-1])
    wait_for(lambda: driver.find_elements(By.CSS_SELECTOR, ".matches button"))
    box.send_keys(label[-1], Keys.ENTER)
    check(
        f"{name}: the search finds {label}",
        wait_for(lambda: driver.find_element(By.CSS_SELECTOR, ".panel h4").text == label),
        driver.find_element(By.CSS_SELECTOR, ".panel").text,
    )
    off = lambda: driver.execute_script(
        """const p = window.valuenet.picture, d = p.renderer.getNodeDisplayData(p.state.selected);
           const at = p.renderer.framedGraphToViewport(d), size = p.renderer.getDimensions();
           return Math.hypot(at.x - size.width / 2, at.y - size.height / 2)"""
    )
    check(f"{name}: it stands in the middle", wait_for(lambda: off() < 3), off())
    box.clear()
    box.send_keys("x", Keys.BACKSPACE)
    check(f"{name}: an empty search lets go", not driver.find_element(By.CSS_SELECTOR, ".panel").is_displayed())


def check_filter(driver, name, field, kept):
    """Choosing the first real word of a filter leaves that many actors."""
    driver.execute_script(
        """const s = document.querySelector('#picture select.' + arguments[0]);
           s.selectedIndex = 1; s.dispatchEvent(new Event('change'))""",
        field,
    )
    shown = driver.execute_script("return window.valuenet.picture.shown")
    check(f"{name}: the filter by {field} leaves {kept}", shown == kept, shown)
    driver.execute_script(
        """const s = document.querySelector('#picture select.' + arguments[0]);
           s.selectedIndex = 0; s.dispatchEvent(new Event('change'))""",
        field,
    )


def check_download(driver, folder, document, name):
    for selector, table_id in (
        ("[data-table=statistics] .csv", "statistics"),
        ("[data-chart=chart_lorenz] .csv", "lorenz"),
    ):
        button = driver.find_element(By.CSS_SELECTOR, selector)
        driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", button)
        button.click()
        path = os.path.join(folder, table_id + ".csv")
        check(f"{name}: {table_id}.csv is saved", wait_for(lambda: os.path.exists(path)), os.listdir(folder))
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(io.StringIO(file.read())))
        table = next(t for t in blocks(document, "table") if t["id"] == table_id)
        right = rows[0] == [c["id"] for c in table["columns"]] and len(rows) == len(table["rows"]) + 1
        for got, row in zip(rows[1:], table["rows"]):
            for text, cell in zip(got, row):
                if isinstance(cell, dict):
                    right = right and text == cell["en"]
                elif cell is None:
                    right = right and text == ""
                elif isinstance(cell, str):
                    right = right and text == cell
                else:
                    right = right and same(float(text), cell)
        check(f"{name}: {table_id}.csv has the values of --json", right)


def fits(driver, name, width):
    wide = driver.execute_script("return document.documentElement.scrollWidth")
    check(f"{name}: nothing sticks out at {width} pixels", wide <= width, wide)


HOSTILE = [
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    '" onmouseover="window.hacked=1',
    "'; window.hacked=1; //",
    "&lt;b&gt; <!-- ${1} `x`",
    "<svg onload=window.hacked=1>",
]


def hostile_tables(folder):
    actors, relations = (os.path.join(folder, n) for n in ("hostile_actors.csv", "hostile_relations.csv"))
    with open(actors, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "label", "type", "province"])
        for i, label in enumerate(HOSTILE):
            rows.writerow([f"a{i}", label, HOSTILE[i - 1], HOSTILE[i - 2]])
    with open(relations, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["giver", "taker", "dimension", "kind", "year"])
        for i in range(6):
            rows.writerow([f"a{i}", f"a{(i + 1) % 6}", HOSTILE[0], HOSTILE[1], 2000 + i])
            rows.writerow(["a0", f"a{(i + 2) % 6}", HOSTILE[1], HOSTILE[2], 2001 + i])
    return actors, relations


def main():
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(SOURCE, "data", "example", n) for n in ("actors.csv", "relations.csv")]
        page, document = report(folder, "example", *files)
        hostile_page, hostile = report(folder, "hostile", *hostile_tables(folder))
        driver = browser(folder, 1440, 1000)
        try:
            open_page(driver, page)
            check("example: every section is there", driver.execute_script(
                "return [...document.querySelectorAll('main > section')].map((s) => s.id)"
            ) == [s["id"] for s in document["sections"]][:-1] + ["network", "provenance"])
            document["sections"].insert(-1, {"id": "network", "title": {"en": "The network", "zh": "网络图"}, "blocks": []})
            check_table(driver, document, "example")
            check_charts(driver, document, "example")
            check_languages(driver, document, "example")
            check_picture(driver, document, "example", "丁视觉")
            with open(files[0], encoding="utf-8") as file:
                types = [row["type"] for row in csv.DictReader(file)]
            check_filter(driver, "example", "type", max(types.count(t) for t in set(types)))
            check_download(driver, folder, document, "example")
            fits(driver, "example", 1440)
            quiet_page(driver, "example")

            open_page(driver, hostile_page)
            driver.execute_script("window.valuenet.draw_all(); window.valuenet.picture.open()")
            check_charts(driver, hostile, "hostile")
            check_picture(driver, hostile, "hostile", HOSTILE[0])
            labels = driver.execute_script(
                "return [...document.querySelectorAll('#ranking_degree tbody tr')].map((r) => r.cells[1].textContent)"
            )
            check("hostile: labels stand as text", set(labels) == set(HOSTILE), labels)
            driver.find_element(By.CSS_SELECTOR, "[data-switch=zh]").click()
            time.sleep(0.3)
            check("hostile: no label runs", driver.execute_script("return window.hacked === undefined"))
            check(
                "hostile: no label is an element",
                driver.execute_script("return document.querySelectorAll('img, main script, [onmouseover], svg[onload]').length") == 0,
            )
            quiet_page(driver, "hostile")
        finally:
            driver.quit()
        driver = browser(folder, 500, 900)
        try:
            driver.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
            )
            open_page(driver, page)
            driver.execute_script("window.valuenet.draw_all()")
            fits(driver, "narrow", 390)
            check_picture(driver, document, "narrow", "丁视觉")
            quiet_page(driver, "narrow")
        finally:
            driver.quit()
    print(f"{len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
