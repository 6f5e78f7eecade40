// The network picture, by sigma.js: pan, zoom, search, filter, and an actor's relations.
import Graph from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram, EdgeRectangleProgram } from "sigma/rendering";
import { button, number, on_language, say, words } from "./words.js";

/// Twelve hues that stay apart for the colour-blind in most pairs (Okabe and Ito, Tol), then grey.
const hues = [
  "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9",
  "#882255", "#999933", "#332288", "#44aa99", "#aa4499", "#b8860b",
];
const rest = "#9a9a9a";

const roles = [null, { en: "sample", zh: "样本" }, { en: "relation", zh: "关系" }];

function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed.data), (c) => c.charCodeAt(0));
  return packed.bits === 16 ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer);
}

function none_of(codes) {
  return codes.BYTES_PER_ELEMENT === 2 ? 0xffff : 0xffffffff;
}

/// Actors and edges in typed arrays, as they are stored.
function network_of(data) {
  const one = {};
  for (const name of ["x", "y", "radius", "community", "role", "type", "place", "giver", "taker", "dimension"]) {
    one[name] = unpacked(data[name]);
  }
  one.labels = data.labels;
  one.folded = null;
  one.size = one.x.length;
  one.given = new Uint32Array(one.size);
  one.taken = new Uint32Array(one.size);
  for (let e = 0; e < one.giver.length; ++e) {
    ++one.given[one.giver[e]];
    ++one.taken[one.taker[e]];
  }
  return one;
}

/// How many actors each code has, the most frequent first: [code, count].
function frequencies(codes) {
  const counts = new Map();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  counts.delete(none_of(codes));
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function made(tag, name, parent) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  parent?.append(element);
  return element;
}

class picture {
  constructor(place, data) {
    this.data = data;
    this.net = network_of(data);
    this.state = { color: "community", dimension: -1, type: -1, place: -1, community: -1, least: 0, selected: -1, hovered: -1 };
    this.degree = new Uint32Array(this.net.size);
    this.visible = new Uint8Array(this.net.size).fill(1);
    this.build(place);
    this.filter();
  }

  // ---- The controls ----------------------------------------------------------------------------

  build(place) {
    this.controls = made("div", "controls", place);
    this.add_search();
    this.selects = [];
    const { data, net } = this;
    this.add_select("color", { en: "Colour by", zh: "着色" }, [
      ["community", { en: "community", zh: "社区" }],
      ...(data.types.length > 0 ? [["type", { en: "type", zh: "类型" }]] : []),
      ...(data.places.length > 0 ? [["place", data.place_column]] : []),
      ...(net.role.some((role) => role !== 0) ? [["role", { en: "role", zh: "角色" }]] : []),
    ]);
    const all = [-1, { en: "all", zh: "全部" }];
    const listed = (codes, name_of) =>
      frequencies(codes).slice(0, 200).map(([code, count]) => [code, () => `${words(name_of(code))} (${number(count)})`]);
    if (data.dimensions.length > 1) {
      this.add_select("dimension", { en: "Dimension", zh: "维度" }, [all, ...data.dimensions.map((name, i) => [i, name])]);
    }
    if (data.types.length > 1) {
      this.add_select("type", { en: "Type", zh: "类型" }, [all, ...listed(net.type, (code) => data.types[code])]);
    }
    if (data.places.length > 1) {
      this.add_select("place", data.place_column, [all, ...listed(net.place, (code) => data.places[code])]);
    }
    this.add_select("community", { en: "Community", zh: "社区" }, [all, ...listed(net.community, (code) => String(code + 1))]);
    this.add_least();
    this.frame = made("div", "frame", place);
    this.view = made("div", "view", this.frame);
    say(this.view, { en: "Picture of the network", zh: "网络图" }, "aria-label");
    this.panel = made("aside", "panel", this.frame);
    const zoom = made("div", "zoom", this.frame);
    zoom.append(
      button({ en: "+", zh: "+" }, () => this.renderer?.getCamera().animatedZoom({ duration: 200 })),
      button({ en: "−", zh: "−" }, () => this.renderer?.getCamera().animatedUnzoom({ duration: 200 })),
      button({ en: "Fit", zh: "全图" }, () => this.renderer?.getCamera().animatedReset({ duration: 300 })),
      button({ en: "PNG", zh: "PNG" }, () => this.save()),
    );
    this.count = made("p", "note", place);
    this.legend = made("ul", "legend", place);
    on_language(() => {
      for (const relabel of this.selects) relabel();
      this.show_count();
      this.show_legend();
      this.show_panel();
    });
  }

  add_search() {
    const label = made("label", "search", this.controls);
    say(made("span", "", label), { en: "Find an actor", zh: "查找节点" });
    const box = made("div", "box", label);
    this.input = made("input", "", box);
    this.input.type = "search";
    this.input.autocomplete = "off";
    this.input.spellcheck = false;
    const list = made("ul", "matches", box);
    list.hidden = true;
    const choose = (v) => {
      list.hidden = true;
      this.input.value = this.net.labels[v];
      this.select(v, true);
    };
    this.input.addEventListener("input", () => {
      const found = this.find(this.input.value, 12);
      list.replaceChildren(
        ...found.map((v) => {
          const item = made("li");
          const pick = made("button", "", item);
          pick.type = "button";
          pick.textContent = `${this.net.labels[v]} (${number(this.net.given[v] + this.net.taken[v])})`;
          pick.addEventListener("mousedown", (event) => event.preventDefault());
          pick.addEventListener("click", () => choose(v));
          return item;
        }),
      );
      list.hidden = found.length === 0;
      if (this.input.value === "") this.select(-1);
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        const [first] = this.find(this.input.value, 1);
        if (first !== undefined) choose(first);
      }
      if (event.key === "Escape") list.hidden = true;
    });
    this.input.addEventListener("blur", () => setTimeout(() => (list.hidden = true), 150));
  }

  add_select(field, title, options) {
    const label = made("label", "", this.controls);
    say(made("span", "", label), title);
    const select = made("select", field, label);
    const relabel = () => {
      for (const [i, [, name]] of options.entries()) select.options[i].textContent = typeof name === "function" ? name() : words(name);
    };
    for (const [value] of options) made("option", "", select).value = value;
    relabel();
    this.selects.push(relabel);
    select.addEventListener("change", () => {
      this.state[field] = field === "color" ? select.value : Number(select.value);
      if (field === "color") this.recolor();
      else this.filter();
    });
  }

  add_least() {
    const label = made("label", "", this.controls);
    const title = made("span", "", label);
    const range = made("input", "least", label);
    range.type = "range";
    const most = Math.max(...this.net.given.map((given, v) => given + this.net.taken[v]), 1);
    // Steps grow with the degree.
    const steps = [0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000].filter((k) => k <= most);
    range.min = 0;
    range.max = steps.length - 1;
    range.value = 0;
    const name = () => (title.textContent = `${words({ en: "Degree at least", zh: "度不小于" })} ${steps[range.value]}`);
    name();
    this.selects.push(name);
    range.addEventListener("input", () => {
      name();
      this.state.least = steps[range.value];
      this.filter();
    });
  }

  // ---- What is shown ---------------------------------------------------------------------------

  /// The actors whose label holds the text; those that begin with it first, then by degree.
  find(text, most) {
    const wanted = text.trim().toLowerCase();
    if (wanted === "") return [];
    const { net } = this;
    net.folded ??= net.labels.map((label) => label.toLowerCase());
    const found = [];
    for (let v = 0; v < net.size; ++v) {
      const at = net.folded[v].indexOf(wanted);
      if (at >= 0) found.push([net.folded[v] === wanted ? 0 : at === 0 ? 1 : 2, -(net.given[v] + net.taken[v]), v]);
    }
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    return found.slice(0, most).map((each) => each[2]);
  }

  edge_counts(e) {
    return this.state.dimension < 0 || this.net.dimension[e] === this.state.dimension;
  }

  filter() {
    const { net, state } = this;
    this.degree.fill(0);
    for (let e = 0; e < net.giver.length; ++e) {
      if (!this.edge_counts(e)) continue;
      ++this.degree[net.giver[e]];
      ++this.degree[net.taker[e]];
    }
    const least = Math.max(state.least, state.dimension < 0 ? 0 : 1);
    this.shown = 0;
    for (let v = 0; v < net.size; ++v) {
      const is =
        this.degree[v] >= least &&
        (state.type < 0 || net.type[v] === state.type) &&
        (state.place < 0 || net.place[v] === state.place) &&
        (state.community < 0 || net.community[v] === state.community);
      this.visible[v] = is ? 1 : 0;
      this.shown += this.visible[v];
    }
    this.show_count();
    this.show_legend();
    this.renderer?.refresh();
  }

  show_count() {
    const [shown, all] = [number(this.shown), number(this.net.size)];
    this.count.textContent = words({ en: `${shown} of ${all} actors shown`, zh: `显示 ${all} 个节点中的 ${shown} 个` });
  }

  codes() {
    return this.net[this.state.color];
  }

  name_of(code) {
    const { color } = this.state;
    if (color === "community") return words({ en: `community ${code + 1}`, zh: `社区 ${code + 1}` });
    if (color === "type") return this.data.types[code];
    if (color === "place") return this.data.places[code];
    return words(roles[code]) ?? "–";
  }

  recolor() {
    this.colors = new Map(frequencies(this.codes()).slice(0, hues.length).map(([code], i) => [code, hues[i]]));
    if (this.graph) {
      const codes = this.codes();
      this.graph.updateEachNodeAttributes((key, attributes) => {
        attributes.color = this.colors.get(codes[attributes.v]) ?? rest;
        return attributes;
      });
    }
    this.show_legend();
  }

  show_legend() {
    if (!this.colors) this.recolor();
    const codes = this.codes();
    const counts = new Map();
    for (let v = 0; v < codes.length; ++v) if (this.visible[v]) counts.set(codes[v], (counts.get(codes[v]) ?? 0) + 1);
    let others = 0;
    for (const [code, count] of counts) if (!this.colors.has(code)) others += count;
    const items = [...this.colors].filter(([code]) => counts.has(code)).map(([code, color]) => [color, this.name_of(code), counts.get(code)]);
    if (others > 0) items.push([rest, words({ en: "others", zh: "其他" }), others]);
    this.legend.replaceChildren(
      ...items.map(([color, name, count]) => {
        const item = made("li");
        made("i", "", item).style.background = color;
        item.append(`${name} (${number(count)})`);
        return item;
      }),
    );
  }

  // ---- The drawing -----------------------------------------------------------------------------

  /// Draws; false where the browser cannot.
  open() {
    if (this.renderer) return true;
    if (!document.createElement("canvas").getContext("webgl2")) {
      say(made("p", "missing", this.view), {
        en: "This browser has no WebGL: the network picture cannot be drawn.",
        zh: "此浏览器不支持 WebGL，无法绘制网络图。",
      });
      return false;
    }
    const { net } = this;
    if (!this.colors) this.recolor();
    const graph = new Graph({ type: this.data.directed ? "directed" : "undirected", multi: true, allowSelfLoops: true });
    const codes = this.codes();
    // Circles keep their place in the drawing at any zoom, so that none hides another; those of a small
    // network are kept from filling it.
    const unit = 65534 / (100 * (this.data.side || 1));
    const scale = unit * Math.min(1, Math.sqrt(net.size / 300) + 0.15);
    for (let v = 0; v < net.size; ++v) {
      graph.addNode(v, {
        v,
        x: net.x[v],
        y: -net.y[v],
        size: net.radius[v] * scale,
        label: net.labels[v],
        color: this.colors.get(codes[v]) ?? rest,
      });
    }
    // Edges are as wide as the narrowest circle's tenth part.
    this.edge_size = 10 * scale;
    for (let e = 0; e < net.giver.length; ++e) graph.addEdgeWithKey(e, net.giver[e], net.taker[e], { e, size: this.edge_size });
    this.graph = graph;
    const many = net.giver.length > 20000;
    this.renderer = new Sigma(graph, this.view, {
      // Arrows where there is room for them; else lines of one pixel, the fastest.
      defaultEdgeType: net.giver.length > 6000 ? "line" : this.data.directed ? "arrow" : "rectangle",
      edgeProgramClasses: { line: EdgeLineProgram, arrow: EdgeArrowProgram, rectangle: EdgeRectangleProgram },
      allowInvalidContainer: true,
      defaultEdgeColor: many ? css("--edge-many") : css("--edge"),
      hideEdgesOnMove: many,
      labelFont: css("--font"),
      labelSize: 12,
      labelColor: { color: css("--ink") },
      labelDensity: 0.5,
      labelGridCellSize: 110,
      labelRenderedSizeThreshold: net.size > 200 ? 7 : 3,
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: (ratio) => ratio,
      minCameraRatio: 0.001,
      maxCameraRatio: 3,
      zIndex: true,
      defaultDrawNodeHover: draw_hover,
      nodeReducer: (key, attributes) => this.node_look(attributes),
      edgeReducer: (key, attributes) => this.edge_look(attributes),
    });
    this.renderer.on("clickNode", ({ node }) => this.select(Number(node)));
    this.renderer.on("clickStage", () => this.select(-1));
    this.renderer.on("enterNode", ({ node }) => this.hover(Number(node)));
    this.renderer.on("leaveNode", () => this.hover(-1));
    return true;
  }

  focus() {
    return this.state.selected >= 0 ? this.state.selected : this.state.hovered;
  }

  node_look(attributes) {
    const v = attributes.v;
    if (!this.visible[v]) return { ...attributes, hidden: true };
    const { selected } = this.state;
    if (v === selected) return { ...attributes, highlighted: true, forceLabel: true, zIndex: 2 };
    if (selected >= 0) {
      if (this.near?.has(v)) return { ...attributes, zIndex: 1, forceLabel: this.near.size <= 30 };
      return { ...attributes, color: css_cache("--faint"), label: null };
    }
    return attributes;
  }

  edge_look(attributes) {
    const { net } = this;
    const e = attributes.e;
    const [from, to] = [net.giver[e], net.taker[e]];
    if (!this.visible[from] || !this.visible[to] || !this.edge_counts(e)) return { hidden: true };
    const focus = this.focus();
    // A hub's are thinned to a quarter (colours multiplied by it), so that they leave its neighbours to
    // be seen.
    const thin = focus >= 0 && net.given[focus] + net.taken[focus] > 300;
    if (focus >= 0 && from === focus) return { ...attributes, color: thin ? "#35180040" : "#d55e00", zIndex: 2 };
    if (focus >= 0 && to === focus) return { ...attributes, color: thin ? "#001d2d40" : "#0072b2", zIndex: 2 };
    return this.state.selected >= 0 ? { hidden: true } : attributes;
  }

  /// Only what changes is drawn anew: the actor's edges.
  hover(v) {
    const before = this.state.hovered;
    this.state.hovered = v;
    if (this.state.selected >= 0) return;
    const edges = [before, v].filter((each) => each >= 0).flatMap((each) => this.graph.edges(each));
    this.renderer.refresh({ partialGraph: { nodes: [], edges }, skipIndexation: true });
  }

  select(v, centre = false) {
    this.state.selected = v;
    if (!this.open()) return;
    this.near = v >= 0 ? new Set(this.graph.neighbors(v).map(Number)) : null;
    this.renderer.refresh();
    this.show_panel();
    if (v >= 0 && centre) {
      const { x, y } = this.renderer.getNodeDisplayData(v);
      this.renderer.getCamera().animate({ x, y, ratio: Math.min(0.25, Math.sqrt(40 / this.net.size)) }, { duration: 400 });
    }
  }

  show_panel() {
    const v = this.state.selected;
    this.panel.replaceChildren();
    this.panel.hidden = v < 0;
    if (v < 0) return;
    const { net, data } = this;
    made("h4", "", this.panel).textContent = net.labels[v];
    const facts = made("dl", "", this.panel);
    const fact = (title, value) => {
      if (value === null || value === undefined) return;
      made("dt", "", facts).textContent = words(title);
      made("dd", "", facts).textContent = words(value);
    };
    fact({ en: "type", zh: "类型" }, data.types[net.type[v]]);
    fact({ en: "role", zh: "角色" }, roles[net.role[v]]);
    fact(data.place_column, data.places[net.place[v]]);
    fact({ en: "community", zh: "社区" }, number(net.community[v] + 1));
    fact({ en: "given", zh: "给予" }, number(net.given[v]));
    fact({ en: "taken", zh: "接受" }, number(net.taken[v]));
    const partners = (own, other) => {
      const counts = new Map();
      for (let e = 0; e < net.giver.length; ++e) {
        if (net[own][e] === v && this.edge_counts(e)) counts.set(net[other][e], (counts.get(net[other][e]) ?? 0) + 1);
      }
      return [...counts.keys()].sort((a, b) => net.given[b] + net.taken[b] - net.given[a] - net.taken[a]);
    };
    for (const [title, list] of [
      [{ en: "gives to", zh: "给予" }, partners("giver", "taker")],
      [{ en: "takes from", zh: "接受自" }, partners("taker", "giver")],
    ]) {
      if (list.length === 0) continue;
      made("h5", "", this.panel).textContent = `${words(title)} (${number(list.length)})`;
      const items = made("ul", "", this.panel);
      for (const w of list.slice(0, 15)) {
        const pick = made("button", "", made("li", "", items));
        pick.type = "button";
        pick.textContent = net.labels[w];
        pick.addEventListener("click", () => this.select(w, true));
      }
      if (list.length > 15) made("li", "more", items).textContent = "… " + number(list.length - 15);
    }
  }

  /// The layers on top of each other. WebGL's are only filled until the browser shows them.
  canvas() {
    this.renderer.refresh();
    this.renderer.render();
    const layers = this.renderer.getCanvases();
    const whole = document.createElement("canvas");
    whole.width = layers.nodes.width;
    whole.height = layers.nodes.height;
    const context = whole.getContext("2d");
    context.fillStyle = css("--paper");
    context.fillRect(0, 0, whole.width, whole.height);
    for (const name of ["edges", "edgeLabels", "nodes", "labels", "hovers", "hoverNodes"]) {
      if (layers[name]) context.drawImage(layers[name], 0, 0, whole.width, whole.height);
    }
    return whole;
  }

  save() {
    if (!this.open()) return;
    const link = document.createElement("a");
    link.href = this.canvas().toDataURL("image/png");
    link.download = "network.png";
    link.click();
  }

  redress() {
    cached.clear();
    if (!this.renderer) return;
    this.renderer.setSetting("labelColor", { color: css("--ink") });
    this.renderer.setSetting("defaultEdgeColor", css(this.net.giver.length > 20000 ? "--edge-many" : "--edge"));
    this.renderer.refresh();
  }
}

const cached = new Map();
function css_cache(name) {
  if (!cached.has(name)) cached.set(name, css(name));
  return cached.get(name);
}

/// A hovered or found actor: ring and label on the page's own colours.
function draw_hover(context, data, settings) {
  const paper = css_cache("--paper");
  const ink = css_cache("--ink");
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  context.beginPath();
  context.arc(data.x, data.y, data.size + 2.5, 0, 2 * Math.PI);
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.stroke();
  if (!data.label) return;
  const width = context.measureText(data.label).width;
  const [left, top] = [data.x + data.size + 6, data.y - 10];
  context.fillStyle = paper;
  context.fillRect(left, top, width + 8, 20);
  context.strokeRect(left, top, width + 8, 20);
  context.fillStyle = ink;
  context.fillText(data.label, left + 4, data.y + settings.labelSize / 3);
}

/// null where the report has no picture. Drawn when it comes near the window.
export function show_picture(place, data) {
  if (!place || !data) return null;
  const one = new picture(place, data);
  one.show_panel();
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      one.open();
    },
    { rootMargin: "300px" },
  );
  watch.observe(one.view);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => one.redress());
  return one;
}
