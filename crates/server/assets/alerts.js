// The alerts of the page's time, in a line above it that unfolds to what is active and what is past. They are looked for
// when the page is there, and no longer while it is answered anew: rules take longer than panels.

import { base, read, search, state } from "./ask.js";
import { fill } from "./redraw.js";

const RANGE = "TimeRange";

let line = null;
let running = null;
/** What is shown: the generation of the data and the time. */
let shown = "";

/** Looks for alerts now and whenever the page has been answered. */
export function begin() {
  line = document.getElementById("alerts");
  if (line === null || base === undefined) return;
  line.hidden = false;
  const words = element("span", "words", "Looking for alerts …");
  words.setAttribute("role", "status");
  const summary = document.createElement("summary");
  summary.append(element("span", "dot"), words);
  const lists = element("div", "lists");
  const all = document.createElement("p");
  all.append(Object.assign(document.createElement("a"), { textContent: "All alerts and rules" }));
  line.replaceChildren(summary, lists, all);
  document.addEventListener("asked", () => running?.abort());
  document.addEventListener("answered", look);
  look();
}

async function look() {
  const time = state.time === null ? [] : [[RANGE, state.time]];
  const wanted = JSON.stringify([state.generation, time]);
  if (wanted === shown) return;
  running?.abort();
  const mine = (running = new AbortController());
  const query = search(time);
  line.querySelector("p a").href = `/alerts${query}`;
  try {
    const found = await read(fetch(`/alerts/brief${query}`, { signal: mine.signal }));
    if (mine !== running) return;
    tell(`${found.words}${past(found.past)}`, found.active > 0 ? "active" : "quiet");
    fill(line.querySelector(".lists"), found.html);
    shown = wanted;
  } catch (error) {
    if (mine === running && error.name !== "AbortError") tell(`Alerts cannot be told: ${error.message}`, "unknown");
  }
}

function past(number) {
  return number === 0 ? "" : ` · ${number} past`;
}

function tell(text, kind) {
  line.dataset.kind = kind;
  const words = line.querySelector(".words");
  if (words.textContent !== text) words.textContent = text;
}

function element(kind, className, text = "") {
  return Object.assign(document.createElement(kind), { className, textContent: text });
}
