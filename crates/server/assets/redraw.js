// Puts the server's markup into the page. Items whose markup is the same stay as they are, with all that the reader did
// to them (folds, order, zoom, what is written but not sent); so do the place scrolled to and the focus.

/** The markup of each item as the server wrote it, before scripts changed it. */
const sources = new WeakMap();
const enhancers = [];

/** Adds what is done to each new item: its element in. */
export function onNewItem(enhance) {
  enhancers.push(enhance);
}

/** Begins with the items that came with the page. */
export function begin() {
  take(document.getElementById("page"));
}

/** Shows another page of the same workbook. The markup is the server's, in which every text of the data is escaped. */
export function redraw(html) {
  const page = document.getElementById("page");
  const focus = focused();
  const parsed = new DOMParser().parseFromString(html, "text/html");
  inside(page, document.adoptNode(parsed.body));
  refocus(focus);
  page.dispatchEvent(new CustomEvent("redrawn"));
}

/** Puts the server's markup into an element beside the page. */
export function fill(element, html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  inside(element, document.adoptNode(parsed.body));
}

/** An item that holds no other items. */
function isLeaf(element) {
  return element.hasAttribute("data-item") && element.querySelector("[data-item]") === null;
}

/** Remembers and enhances all items of a new part. */
function take(part) {
  const items = [part, ...part.querySelectorAll("[data-item]")].filter(isLeaf);
  for (const item of items) sources.set(item, item.outerHTML);
  for (const item of items) for (const enhance of enhancers) enhance(item);
}

/** Makes the children of an element those of another. */
function inside(old, next) {
  const known = new Map([...old.children].filter((child) => child.id !== "").map((child) => [child.id, child]));
  let at = old.firstChild;
  for (const child of [...next.childNodes]) {
    const match = child.id ? known.get(child.id) : at !== null && !at.id ? at : undefined;
    if (match === undefined || match.nodeName !== child.nodeName) {
      old.insertBefore(child, at);
      if (child.nodeType === Node.ELEMENT_NODE) take(child);
      continue;
    }
    if (match === at) at = at.nextSibling;
    else old.insertBefore(match, at);
    into(match, child);
  }
  while (at !== null) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

/** Makes a node the same as another of its name. */
function into(old, next) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  const source = sources.get(old);
  if (source === undefined && !isLeaf(next)) {
    attributes(old, next);
    inside(old, next);
  } else if (source !== next.outerHTML) {
    const before = kept(old);
    old.replaceWith(next);
    take(next);
    keep(next, before);
  }
}

function attributes(old, next) {
  for (const { name } of [...old.attributes]) {
    const byReader = name === "open" && old.nodeName === "DETAILS";
    if (!next.hasAttribute(name) && !byReader) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    const byReader = name === "open" && old.nodeName === "DETAILS";
    if (old.getAttribute(name) !== value && !byReader) old.setAttribute(name, value);
  }
}

/** What stays when an item is replaced: unfolded parts and places scrolled to. */
function kept(item) {
  return {
    open: [...item.querySelectorAll("details")].map((one) => one.open),
    scrolled: [...item.querySelectorAll(".rows")].map((one) => [one.scrollLeft, one.scrollTop]),
  };
}

function keep(item, { open, scrolled }) {
  [...item.querySelectorAll("details")].forEach((one, at) => {
    if (at < open.length) one.open = open[at];
  });
  [...item.querySelectorAll(".rows")].forEach((one, at) => one.scrollTo(...(scrolled[at] ?? [0, 0])));
}

const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

/** Where the focus is: the item and the place among what can have it. */
function focused() {
  const element = document.activeElement;
  const item = element?.closest("[data-item]");
  if (!item) return null;
  return { element, id: item.id, at: [...item.querySelectorAll(FOCUSABLE)].indexOf(element) };
}

function refocus(focus) {
  if (focus === null || focus.element.isConnected) return;
  const item = document.getElementById(focus.id);
  item?.querySelectorAll(FOCUSABLE)[focus.at]?.focus({ preventScroll: true });
}
