// What a click does: gives parameters values, shows details beside the page, leads to another item or another workbook.
// What is clicked says it in attributes; all texts of the data are shown as text.

import { name, search, set } from "./ask.js";

const ACTIONS = "[data-set], [data-details], [data-jump], [data-workbook]";
const BACK = "calypso-back";
/** The key that says that values are passed on by another workbook, which may have more than this one takes. */
const PASSED = ".passed";

/** Listens for clicks and keys on the page. */
export function begin() {
  const page = document.getElementById("page");
  page.addEventListener("click", (event) => {
    const target = event.target.closest(ACTIONS);
    // A link, field or fold within a row is what was meant.
    const inner = event.target.closest("a[href], input, select, textarea, summary, button");
    if (target === null || (inner !== null && inner !== target && target.contains(inner))) return;
    if (target.nodeName === "TR" && String(getSelection()) !== "") return;
    event.preventDefault();
    act(target);
  });
  page.addEventListener("keydown", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab !== null && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      beside(tab, event.key === "ArrowRight" ? 1 : -1)?.focus();
      event.preventDefault();
    }
    const row = event.target.matches("tr[tabindex]") ? event.target : null;
    if (row === null) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (row.matches(ACTIONS)) act(row);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      rowBeside(row, event.key === "ArrowDown")?.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeDrawer();
  });
  showBack();
}

function act(target) {
  const { set: pairs, details, jump, workbook } = target.dataset;
  // Details that several cells of a row show stand once at the row.
  const shown = details === "" ? target.closest("tr")?.dataset.row : details;
  if (shown !== undefined) openDrawer(JSON.parse(shown), target);
  else if (workbook !== undefined) openWorkbook(JSON.parse(workbook));
  else if (pairs !== undefined) set(JSON.parse(pairs));
  else if (jump !== undefined) jumpTo(jump);
}

function beside(tab, step) {
  const tabs = [...tab.parentElement.querySelectorAll("[role=tab]")];
  return tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
}

function rowBeside(row, down) {
  let next = row;
  do next = down ? next.nextElementSibling : next.previousElementSibling;
  while (next !== null && (next.hidden || next.tabIndex < 0));
  return next;
}

function jumpTo(id) {
  const item = [...document.querySelectorAll("[data-item]")].find((one) => one.dataset.item === id);
  if (item === undefined) return;
  item.tabIndex = -1;
  item.scrollIntoView({ behavior: "smooth", block: "start" });
  item.focus({ preventScroll: true });
}

/* Another workbook, and the way back. */

function openWorkbook({ name: other, given }) {
  const address = `/w/${encodeURIComponent(other)}${search([...given, [PASSED, "yes"]])}`;
  const from = { to: other, address: location.pathname + location.search, title: document.title };
  const way = read(BACK).slice(-9);
  sessionStorage.setItem(BACK, JSON.stringify([...way, from]));
  location.assign(address);
}

/** The link back to the workbook that this one was opened from. */
function showBack() {
  const way = read(BACK);
  const from = way.at(-1);
  if (from === undefined || from.to !== name) return;
  const link = document.createElement("a");
  link.href = from.address;
  link.textContent = `← ${String(from.title).replace(/ · Calypso$/, "")}`;
  link.addEventListener("click", () => sessionStorage.setItem(BACK, JSON.stringify(way.slice(0, -1))));
  document.getElementById("back").replaceChildren(link);
}

function read(key) {
  try {
    const value = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    const ours = (one) => typeof one?.to === "string" && /^\/w\//.test(one.address);
    return Array.isArray(value) ? value.filter(ours) : [];
  } catch {
    return [];
  }
}

/* Details beside the page. */

let opener = null;

function openDrawer(pairs, from) {
  const drawer = document.getElementById("drawer");
  const close = element("button", "×", { type: "button", className: "close", ariaLabel: "Close" });
  close.addEventListener("click", closeDrawer);
  const list = element("dl", "");
  for (const [label, text] of pairs) {
    const value = element("dd", "");
    value.append(element("pre", text));
    list.append(element("dt", label), value);
  }
  drawer.replaceChildren(close, element("h2", "Details"), list);
  drawer.hidden = false;
  opener = from;
  close.focus();
}

function closeDrawer() {
  const drawer = document.getElementById("drawer");
  if (drawer.hidden) return;
  drawer.hidden = true;
  drawer.replaceChildren();
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
}

/** An element with a text. */
export function element(kind, text, properties = {}) {
  const made = Object.assign(document.createElement(kind), properties);
  if (text !== "") made.textContent = text;
  return made;
}
