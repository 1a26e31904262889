// What the page knows, and its talk with the server. The state of the page is what the reader gave (keys of parameters
// with values); it stands in the address, so that a page can be shared, and back and forward lead to earlier ones.

import { redraw } from "./redraw.js";

/** The workbook's name in its address (empty: none), the path that requests begin with, and where scripts lie. */
export const { name, base, assets } = document.body.dataset;

/** given: what the page shows; edited: a panel's query as the reader changed it; generation, read, problem: the data;
    time: the range that alerts are looked for in. */
export const state = { given: [], edited: null, generation: 0, read: 0, problem: null, time: null };

/** What was asked last; the page shows it when it is answered. */
let wanted = [];
let running = null;

/** Takes over what the server wrote into the page. */
export function begin() {
  Object.assign(state, JSON.parse(document.getElementById("state").textContent));
  wanted = state.given;
  tellRead();
}

/** Gives parameters values: those of the same keys are replaced, an empty list changes nothing. */
export function set(pairs) {
  if (pairs.length === 0) return;
  const keys = new Set(pairs.map(([key]) => key));
  ask([...wanted.filter(([key]) => !keys.has(key)), ...pairs]);
}

/** Asks for the page again, with a query as the reader changed it, or with none. */
export function edit(edited) {
  ask(wanted, { edited, address: false });
}

/** Asks for the page that these values give; one that is still asked for is no longer wanted. */
export async function ask(given, { edited = state.edited, address = true } = {}) {
  running?.abort();
  const mine = (running = new AbortController());
  wanted = given;
  progress(true);
  document.dispatchEvent(new CustomEvent("asked"));
  try {
    const answer = await post(`${base}/page`, { given, edited }, mine.signal);
    if (mine !== running) return;
    const { generation, read, problem, time } = answer;
    Object.assign(state, { given: answer.given, edited, generation, read, problem, time });
    wanted = state.given;
    if (address) history.pushState(null, "", location.pathname + search(state.given));
    document.title = `${answer.title} · Calypso`;
    banner("");
    tellRead();
    redraw(answer.html);
  } catch (error) {
    if (mine !== running) return;
    wanted = state.given;
    if (!address) state.edited = edited;
    banner(error.message);
  } finally {
    if (mine === running) {
      running = null;
      progress(false);
      document.dispatchEvent(new CustomEvent("answered"));
    }
  }
}

/** Whether an answer is still waited for. */
export function waiting() {
  return running !== null;
}

/** What the address says. */
export function givenByAddress() {
  return [...new URLSearchParams(location.search)];
}

/** `?key=value&…`, or nothing. */
export function search(given) {
  const text = new URLSearchParams(given).toString();
  return text === "" ? "" : `?${text}`;
}

/** Sends values, gives the server's values, or throws a sentence. */
export async function post(path, body, signal) {
  const headers = { "content-type": "application/json" };
  const sent = { method: "POST", headers, body: JSON.stringify(body), signal };
  return read(fetch(path, sent));
}

/** The server's values, or a sentence thrown. */
export async function read(asked) {
  const response = await asked.catch((error) => {
    throw error.name === "AbortError" ? error : new Error("The server does not answer: it has been stopped.");
  });
  const text = await response.text();
  if (response.status === 403) throw new Error("The server was started anew: open the address that it printed.");
  let values = {};
  try {
    values = JSON.parse(text);
  } catch {
    if (response.ok) throw new Error("The server's answer cannot be read.");
  }
  if (!response.ok) throw new Error([values.error ?? text.trim(), values.help].filter(Boolean).join("; "));
  return values;
}

/** A line of what went wrong, above the page; an empty text takes it away. */
export function banner(text) {
  const line = document.getElementById("banner");
  line.textContent = text;
  line.hidden = text === "";
}

/** Says when the data was read, and whether it can be read now. */
export function tellRead() {
  const line = document.getElementById("read");
  const when = new Date(state.read).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const trouble = state.problem === null ? "" : ` · it has changed since, and cannot be read: ${state.problem}`;
  const text = `Data read at ${when}${trouble}`;
  if (line.textContent !== text) line.textContent = text;
  line.classList.toggle("trouble", state.problem !== null);
}

function progress(on) {
  document.getElementById("progress").hidden = !on;
  document.getElementById("page").setAttribute("aria-busy", String(on));
}
