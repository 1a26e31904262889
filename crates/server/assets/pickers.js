// Pickers: what the reader chooses gives a parameter its value. A list of several values is searched, and applied when
// it is closed; a time can be two moments instead of a length.

import { set } from "./ask.js";
import { onNewItem } from "./redraw.js";

/** The value that stands for all, and the one that stands for none. */
const ALL = "all";
const NONE = "unset";

/** Enhances the pickers of new items; a click elsewhere closes an open list. */
export function begin() {
  onNewItem((item) => item.querySelectorAll(".picker[data-key]").forEach(enhance));
  document.addEventListener("pointerdown", (event) => {
    for (const list of document.querySelectorAll("details.multi[open]")) {
      if (!list.contains(event.target)) list.open = false;
    }
  });
}

function enhance(picker) {
  const { key, kind } = picker.dataset;
  if (kind === "multi") severals(picker, key);
  else if (kind === "time") time(picker, key);
  else if (kind !== "resource") {
    // A field tells of its change when it is left or Enter is pressed.
    picker.addEventListener("change", (event) => set([[key, event.target.value]]));
  }
}

/* Time. */

function time(picker, key) {
  const select = picker.querySelector("select");
  const custom = picker.querySelector(".custom");
  const moments = [...picker.querySelectorAll("input[type=datetime-local]")];
  select.addEventListener("change", () => {
    const chosen = select.value === "custom";
    if (custom !== null) custom.hidden = !chosen;
    if (chosen) moments[0]?.focus();
    else set([[key, select.value]]);
  });
  const apply = () => {
    const [from, to] = moments.map((moment) => moment.value);
    const right = from !== "" && to !== "" && from < to;
    moments[1].setCustomValidity(right ? "" : "Give two times, the second after the first.");
    if (right) set([[key, `${from}..${to}`]]);
    else moments[1].reportValidity();
  };
  picker.querySelector(".apply")?.addEventListener("click", apply);
  for (const moment of moments) {
    moment.addEventListener("input", () => moments[1].setCustomValidity(""));
    moment.addEventListener("keydown", (event) => {
      if (event.key === "Enter") apply();
    });
  }
}

/* Several values. */

function severals(picker, key) {
  const list = picker.querySelector("details.multi");
  const search = picker.querySelector("input.search");
  const boxes = [...picker.querySelectorAll("input[type=checkbox]")];
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const reset = () => boxes.forEach((box) => (box.checked = box.defaultChecked));
  const close = () => {
    list.open = false;
    list.querySelector("summary").focus({ preventScroll: true });
  };
  const before = chosen().join("\n");
  list.addEventListener("toggle", () => {
    if (list.open) return search.focus();
    const values = chosen();
    if (list.isConnected && values.join("\n") !== before) {
      const alone = values.length === 1 ? [boxes.find((box) => box.checked).dataset.alone ?? values[0]] : values;
      set(values.length === 0 ? [[key, NONE]] : alone.map((value) => [key, value]));
    }
  });
  picker.querySelector(".apply").addEventListener("click", close);
  search.addEventListener("input", () => narrow(boxes, search.value));
  picker.addEventListener("change", (event) => settle(boxes, event.target));
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && list.open) {
      reset();
      close();
    } else if (event.key === "Enter" && event.target !== list.querySelector("summary")) {
      event.preventDefault();
      const only = boxes.filter((box) => !box.parentElement.hidden);
      if (event.target === search && only.length === 1) {
        only[0].checked = true;
        settle(boxes, only[0]);
      }
      close();
    } else if (list.open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const stops = [search, ...boxes.filter((box) => !box.parentElement.hidden)];
      const step = event.key === "ArrowDown" ? 1 : -1;
      stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
      event.preventDefault();
    }
  });
}

/** All goes without others, and others without all. */
function settle(boxes, changed) {
  if (changed.type !== "checkbox" || !changed.checked) return;
  for (const box of boxes) {
    if (box !== changed && (changed.value === ALL || box.value === ALL)) box.checked = false;
  }
}

function narrow(boxes, text) {
  const wanted = text.trim().toLowerCase();
  for (const box of boxes) box.parentElement.hidden = !box.parentElement.textContent.toLowerCase().includes(wanted);
}
