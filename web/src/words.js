// Words of ours in the language that the page is in. Words of the network stay as they are.
const listeners = [];

export function language() {
  return document.documentElement.dataset.language;
}

export function set_language(code) {
  if (code === language()) return;
  document.documentElement.dataset.language = code;
  document.documentElement.lang = code === "zh" ? "zh-CN" : "en";
  for (const each of listeners) each();
}

export function on_language(listener) {
  listeners.push(listener);
}

/// Of a pair {en, zh} or a plain word.
export function words(value) {
  return value !== null && typeof value === "object" ? value[language()] : value;
}

/// Fills an element with words, and again when the language changes.
export function say(element, pair, attribute = "") {
  const put = () => {
    if (attribute) element.setAttribute(attribute, words(pair));
    else element.textContent = words(pair);
  };
  put();
  on_language(put);
  return element;
}

export function button(pair, action, kind = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = kind;
  made.addEventListener("click", action);
  return say(made, pair);
}

export function number(value, format = "number") {
  if (value === null || value === undefined) return "\u2013";
  if (format === "share") return (100 * value).toFixed(2) + "%";
  if (format === "p_value") return value < 0.001 ? "< 0.001" : String(Number(value.toPrecision(3)));
  if (format === "year") return String(value);
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return String(Number(value.toPrecision(format === "estimate" ? 4 : 6)));
}
