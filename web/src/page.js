// The page's scripts: language switch, charts, tables' files, network picture.
import { chart_for, redraw_charts } from "./charts.js";
import { save_table } from "./tables.js";
import { show_picture } from "./picture.js";
import { language, on_language, set_language, button } from "./words.js";

const report = JSON.parse(document.getElementById("document_data").textContent);
const tables = new Map();
const charts = new Map();
for (const section of report.sections) {
  for (const block of section.blocks) {
    if (block.type === "table") tables.set(block.id, block);
    if (block.type === "chart") charts.set(block.id, block);
  }
}
const drawn = new Map();

function draw(figure) {
  const id = figure.dataset.chart;
  if (drawn.has(id)) return;
  drawn.set(id, chart_for(figure.querySelector(".plot"), charts.get(id), tables.get(charts.get(id).table)));
}

function draw_all() {
  document.querySelectorAll("figure[data-chart]").forEach(draw);
}

/// Charts are drawn when they come near the window; all of them before the page is printed.
const watch = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watch.unobserve(entry.target);
      draw(entry.target);
    }
  },
  { rootMargin: "600px" },
);

/// Beside the title.
function add_buttons(place, buttons) {
  const row = document.createElement("span");
  row.className = "buttons";
  row.append(...buttons);
  place.querySelector("h3").append(row);
}

for (const figure of document.querySelectorAll("figure[data-chart]")) {
  const chart = charts.get(figure.dataset.chart);
  add_buttons(figure, [
    button({ en: "CSV", zh: "CSV" }, () => save_table(tables.get(chart.table)), "csv"),
    button({ en: "SVG", zh: "SVG" }, () => {
      draw(figure);
      drawn.get(chart.id).save(chart.id + ".svg");
    }, "svg"),
  ]);
  watch.observe(figure);
}
for (const place of document.querySelectorAll("[data-table]")) {
  add_buttons(place, [button({ en: "CSV", zh: "CSV" }, () => save_table(tables.get(place.dataset.table)), "csv")]);
}

const tools = document.getElementById("tools");
const switches = [
  ["en", "English"],
  ["zh", "中文"],
].map(([code, name]) => {
  const one = document.createElement("button");
  one.type = "button";
  one.textContent = name;
  one.dataset.switch = code;
  one.addEventListener("click", () => set_language(code));
  return one;
});
tools.append(...switches);
function mark_switch() {
  for (const one of switches) one.setAttribute("aria-pressed", String(one.dataset.switch === language()));
  document.title = report.title[language()];
}
mark_switch();
on_language(() => {
  mark_switch();
  redraw_charts();
});
window.addEventListener("beforeprint", draw_all);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw_charts);

/// The section in view is marked in the table of contents.
const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
const spy = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  },
  { rootMargin: "-10% 0px -80% 0px" },
);
document.querySelectorAll("main > section").forEach((section) => spy.observe(section));

const picture = show_picture(
  document.getElementById("picture"),
  JSON.parse(document.getElementById("picture_data").textContent),
);

/// For tests, and for whoever opens the console.
window.valuenet = { report, draw_all, charts: drawn, picture };
