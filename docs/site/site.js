// The site's table of contents and its search. search_index.js holds what can be found.
"use strict";

// Where the reader is: marked, and its part of the contents open.
const here = location.pathname.split("/").pop() || "index.html";
for (const link of document.querySelectorAll("#contents a")) {
  if (link.getAttribute("href") !== here) continue;
  link.classList.add("here");
  for (let part = link.closest("details"); part; part = part.parentElement.closest("details")) {
    part.open = true;
  }
  link.scrollIntoView({block: "nearest"});
}

// On a narrow screen the contents open and close.
const menu = document.getElementById("menu");
menu.addEventListener("click", () => {
  const open = document.getElementById("site").classList.toggle("open");
  menu.setAttribute("aria-expanded", String(open));
});

// Every word must occur, in the title (best at its start) or in the text.
const find = document.getElementById("find");
const found = document.getElementById("found");
function search(words) {
  const hits = [];
  for (const [title, where, url, text] of search_index) {
    const low_title = title.toLowerCase();
    const low_text = text.toLowerCase();
    let score = 0;
    for (const word of words) {
      const at = low_title.indexOf(word);
      if (low_title === word) score += 100;
      else if (at === 0) score += 40;
      else if (at > 0) score += 20;
      else if (low_text.includes(word)) score += 1;
      else { score = -1; break; }
    }
    if (score > 0) hits.push({score, title, where, url, text, low_text});
  }
  return hits.sort((a, b) => b.score - a.score).slice(0, 30);
}
function show() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  found.hidden = words.length === 0;
  found.replaceChildren();
  if (words.length === 0) return;
  const hits = search(words);
  for (const hit of hits) {
    const link = document.createElement("a");
    link.href = hit.url;
    const title = document.createElement("b");
    title.textContent = hit.title;
    const where = document.createElement("i");
    where.textContent = hit.where;
    link.append(title, " ", where);
    const at = hit.low_text.indexOf(words[0]);
    if (at >= 0) {
      const excerpt = document.createElement("span");
      const from = Math.max(0, at - 40);
      excerpt.textContent = (from > 0 ? "… " : "") + hit.text.slice(from, at + 100) + " …";
      link.append(excerpt);
    }
    found.append(link);
  }
  if (hits.length === 0) found.textContent = "Nothing found.";
}
find.addEventListener("input", show);
find.addEventListener("keydown", event => {
  if (event.key === "Enter") found.querySelector("a")?.click();
  if (event.key === "Escape") { find.value = ""; show(); }
});
document.addEventListener("keydown", event => {
  if (event.key === "/" && document.activeElement !== find) { event.preventDefault(); find.focus(); }
});
// search.html?q=words of other sites' links: index.html?q=words.
const asked = new URLSearchParams(location.search).get("q");
if (asked) { find.value = asked; show(); }
