// The charts, by ECharts: each from the table that it names.
import * as echarts from "echarts/core";
import { BarChart, ChordChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import { save } from "./tables.js";
import { number, words } from "./words.js";

echarts.use([
  BarChart, ChordChart, HeatmapChart, LineChart, ScatterChart,
  GridComponent, LegendComponent, TooltipComponent, VisualMapComponent, SVGRenderer,
]);

/// As category_color() of report/palette.hpp: Okabe and Ito's, their yellow left out.
export const palette = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#6b6b6b"];

const drawn = [];

function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function column_of(table, id) {
  return table.columns.findIndex((column) => column.id === id);
}

function text_style() {
  return { color: color("--ink"), fontFamily: color("--font"), fontSize: 12 };
}

/// A name for what a line of the table belongs to: in English, as the chart's lists have it.
function key(cell) {
  return cell !== null && typeof cell === "object" ? cell.en : cell;
}

function escaped(text) {
  return String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

function axis(given, format, extra = {}) {
  const log = given.scale === "logarithmic";
  return {
    type: log ? "log" : "value",
    name: words(given.title),
    nameLocation: "middle",
    nameTextStyle: text_style(),
    axisLine: { show: true, lineStyle: { color: color("--ink") } },
    axisTick: { show: true, lineStyle: { color: color("--ink") } },
    minorTick: { show: log, splitNumber: 9 },
    splitLine: { lineStyle: { color: color("--rule") } },
    axisLabel: {
      ...text_style(),
      hideOverlap: true,
      formatter: (value) => {
        if (format === "year") return String(value);
        if (format === "share") return Math.round(100 * value) + "%";
        if (log && (value < 0.01 || value >= 1e5)) return "10" + superscript(Math.round(Math.log10(value)));
        return number(Number(value.toPrecision(6)));
      },
    },
    ...extra,
  };
}

function superscript(whole) {
  return [...String(whole)].map((c) => (c === "-" ? "\u207b" : "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[c])).join("");
}

function tooltip(extra = {}) {
  return {
    confine: true,
    backgroundColor: color("--paper"),
    borderColor: color("--rule"),
    textStyle: text_style(),
    ...extra,
  };
}

/// The series of a chart: of each its key, name, format and points [x, y].
function series_of(chart, table) {
  const x = column_of(table, chart.x);
  if (chart.series) {
    const by = column_of(table, chart.series);
    const y = column_of(table, chart.y[0]);
    const found = new Map();
    for (const row of table.rows) {
      const id = key(row[by]);
      if (!found.has(id)) found.set(id, { key: id, name: row[by], format: table.columns[y].format, points: [] });
      found.get(id).points.push([row[x], row[y]]);
    }
    return [...found.values()];
  }
  return chart.y.map((id) => {
    const y = column_of(table, id);
    return {
      key: id,
      name: table.columns[y].title,
      format: table.columns[y].format,
      points: table.rows.map((row) => [row[x], row[y]]),
    };
  });
}

function grid(top = 40) {
  return { left: 70, right: 24, top, bottom: 48, containLabel: false };
}

function legend(series) {
  return {
    show: series.length > 1,
    type: "scroll",
    top: 0,
    left: 0,
    textStyle: text_style(),
    pageTextStyle: text_style(),
    data: series.map((each) => words(each.name)),
  };
}

function line_options(chart, table) {
  const series = series_of(chart, table);
  const x = table.columns[column_of(table, chart.x)];
  const log = (given) => given.scale === "logarithmic";
  const range = (values, given) => {
    if (!log(given)) return {};
    const positive = values.filter((value) => value > 0);
    const low = Math.min(...positive);
    const high = Math.max(...positive);
    return { min: 10 ** Math.floor(Math.log10(low) + 1e-9), max: 10 ** Math.ceil(Math.log10(high) - 1e-9) };
  };
  const all = series.flatMap((each) => each.points).filter((point) => point[0] !== null && point[1] !== null);
  const lorenz = chart.id === "chart_lorenz";
  const made = series.map((each, i) => {
    const points = each.points.filter((point) => point[1] !== null || !log(chart.y_axis));
    const common = { id: each.key, name: words(each.name), data: points, color: palette[i % palette.length], animation: false };
    if (chart.points.includes(each.key)) {
      return { ...common, type: "scatter", symbolSize: 5, itemStyle: { opacity: 0.75 }, z: 1 };
    }
    return {
      ...common,
      type: "line",
      showSymbol: x.format === "year",
      symbol: "circle",
      symbolSize: 5,
      connectNulls: false,
      lineStyle: { width: 2, type: chart.dashed.includes(each.key) ? "dashed" : "solid" },
      z: 3,
    };
  });
  if (lorenz) {
    made.push({
      id: "equality",
      type: "line",
      data: [[0, 0], [1, 1]],
      showSymbol: false,
      silent: true,
      animation: false,
      tooltip: { show: false },
      lineStyle: { width: 1, type: "dotted", color: color("--muted") },
    });
  }
  const years = x.format === "year";
  const bounds = lorenz ? { min: 0, max: 1 } : {};
  return {
    grid: grid(),
    legend: legend(series),
    tooltip: tooltip({
      trigger: "item",
      formatter: (at) =>
        `${escaped(at.seriesName)}<br>${escaped(words(x.title))}: ${number(at.value[0], x.format)}<br>` +
        `${escaped(words(chart.y_axis.title))}: ${number(at.value[1], series.find((each) => each.key === at.seriesId)?.format)}`,
    }),
    xAxis: axis(chart.x_axis, x.format, {
      nameGap: 28,
      ...range(all.map((point) => point[0]), chart.x_axis),
      ...(years ? { min: "dataMin", max: "dataMax", minInterval: 1, splitLine: { show: false } } : {}),
      ...bounds,
    }),
    yAxis: axis(chart.y_axis, series[0]?.format, {
      nameGap: 54,
      ...range(all.map((point) => point[1]), chart.y_axis),
      ...bounds,
    }),
    series: made,
  };
}

function bar_options(chart, table) {
  const series = series_of(chart, table);
  const names = series[0].points.map((point) => words(point[0]));
  return {
    grid: { ...grid(), left: 8, right: 16, bottom: 40, containLabel: true },
    legend: legend(series),
    tooltip: tooltip({
      trigger: "axis",
      axisPointer: { type: "shadow" },
      formatter: (at) =>
        escaped(at[0].name) + at.map((each) => `<br>${escaped(each.seriesName)}: ${number(each.value, "count")}`).join(""),
    }),
    xAxis: axis(chart.y_axis, series[0].format, { nameGap: 26 }),
    yAxis: {
      type: "category",
      data: names,
      inverse: true,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: color("--ink") } },
      axisLabel: { ...text_style(), width: 110, overflow: "truncate" },
    },
    series: series.map((each, i) => ({
      id: each.key,
      type: "bar",
      name: words(each.name),
      data: each.points.map((point) => point[1]),
      color: palette[i % palette.length],
      stack: chart.kind === "stacked" ? "all" : undefined,
      barMaxWidth: 14,
      animation: false,
    })),
  };
}

function matrix_of(chart, table) {
  const [x, y, value] = [chart.x, chart.y[0], chart.series].map((id) => column_of(table, id));
  const cells = table.rows.map((row) => [words(row[x]), words(row[y]), row[value]]);
  return { cells, columns: [...new Set(cells.map((cell) => cell[0]))], rows: [...new Set(cells.map((cell) => cell[1]))] };
}

function heat_options(chart, table) {
  const { cells, columns, rows } = matrix_of(chart, table);
  const most = Math.max(1, ...cells.map((cell) => cell[2]));
  const dark = matchMedia("(prefers-color-scheme: dark)").matches && !matchMedia("print").matches;
  const category = (data, given, extra) => ({
    type: "category",
    data,
    name: words(given.title),
    nameLocation: "middle",
    nameTextStyle: text_style(),
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: { ...text_style(), width: 84, overflow: "truncate", interval: 0 },
    ...extra,
  });
  return {
    grid: { left: 110, right: 12, top: 24, bottom: 128 },
    tooltip: tooltip({
      formatter: (at) => `${escaped(at.value[1])} \u2192 ${escaped(at.value[0])}<br>${number(at.value[3], "count")}`,
    }),
    xAxis: category(columns, chart.x_axis, { nameGap: 72, axisLabel: { ...text_style(), rotate: 60, width: 70, overflow: "truncate", interval: 0 } }),
    yAxis: category(rows, chart.y_axis, { inverse: true, nameGap: 92 }),
    visualMap: {
      min: 0,
      max: Math.log10(1 + most),
      dimension: 2,
      orient: "horizontal",
      left: "center",
      bottom: 0,
      itemHeight: 160,
      itemWidth: 12,
      textStyle: text_style(),
      text: [number(most, "count"), "0"],
      formatter: (value) => number(Math.round(10 ** value - 1), "count"),
      calculable: false,
      inRange: { color: dark ? ["#1d2730", "#0072b2", "#56b4e9", "#f0e9b0"] : ["#f4f7fa", "#9ecae1", "#2b7bba", "#08306b"] },
    },
    series: [
      {
        id: "flow",
        type: "heatmap",
        data: cells.map(([x, y, value]) => [x, y, Math.log10(1 + value), value]),
        animation: false,
        itemStyle: { borderColor: color("--paper"), borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: color("--ink") } },
      },
    ],
  };
}

function chord_options(chart, table) {
  const { cells, columns } = matrix_of(chart, table);
  const names = columns.slice(0, 10);
  const flow = new Map();
  for (const [from, to, value] of cells) {
    const a = names.indexOf(from);
    const b = names.indexOf(to);
    if (a < 0 || b < 0 || a === b || value <= 0) continue;
    flow.set(`${a} ${b}`, { source: from, target: to, value });
  }
  const colors = [...palette, "#117733", "#882255", "#999933"];
  return {
    color: colors,
    tooltip: tooltip({
      formatter: (at) =>
        at.dataType === "edge"
          ? `${escaped(at.data.source)} \u2192 ${escaped(at.data.target)}<br>${number(at.data.value, "count")}`
          : escaped(at.name),
    }),
    series: [
      {
        id: "flow",
        type: "chord",
        data: names.map((name, i) => ({ name, itemStyle: { color: colors[i % colors.length] } })),
        links: [...flow.values()],
        radius: ["68%", "74%"],
        padAngle: 2,
        minAngle: 1,
        animation: false,
        label: { show: true, ...text_style(), width: 90, overflow: "truncate" },
        lineStyle: { color: "source", opacity: 0.45 },
        emphasis: { focus: "adjacency" },
      },
    ],
  };
}

const makers = { lines: line_options, bars: bar_options, stacked: bar_options, heat_map: heat_options, chord: chord_options };

export function chart_for(place, chart, table) {
  if (chart.kind === "bars" || chart.kind === "stacked") place.style.height = 90 + 30 * table.rows.length + "px";
  if (chart.kind === "heat_map") place.style.height = 170 + 34 * matrix_of(chart, table).rows.length + "px";
  const view = echarts.init(place, null, { renderer: "svg" });
  const redraw = () => {
    view.setOption(makers[chart.kind](chart, table), { notMerge: true });
    place.setAttribute("aria-label", words(chart.title));
  };
  redraw();
  new ResizeObserver(() => view.resize()).observe(place);
  drawn.push(redraw);
  return {
    view,
    redraw,
    save: (name) => save(name, "image/svg+xml", view.renderToSVGString()),
  };
}

export function redraw_charts() {
  for (const redraw of drawn) redraw();
}
