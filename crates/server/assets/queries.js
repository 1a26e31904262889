// What stands behind a panel: its query, which can be changed and run in place, and its rows as a file.

import { element } from "./actions.js";
import { banner, base, edit, search, state } from "./ask.js";
import { onNewItem } from "./redraw.js";

/** The key that asks for cells which no spreadsheet takes for a formula. */
const GUARDED = ".guarded";

/** Enhances the panels of new items. */
export function begin() {
  onNewItem((item) => {
    const field = item.querySelector("[data-query]");
    if (field !== null) editable(item, field);
    const button = item.querySelector("[data-export]");
    if (button !== null) exports(button);
  });
}

function editable(item, field) {
  const id = field.dataset.query;
  const run = item.querySelector("[data-run]");
  const reset = item.querySelector("[data-reset]");
  const changed = state.edited?.id === id;
  const send = () => edit({ id, query: field.value });
  const differs = () => {
    reset.disabled = !changed && field.value === field.defaultValue;
  };
  differs();
  reset.after(" ", copying(field));
  run.title = "Ctrl+Enter";
  run.addEventListener("click", send);
  reset.addEventListener("click", () => {
    field.value = field.defaultValue;
    differs();
    if (changed) edit(null);
  });
  field.addEventListener("input", differs);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  });
  if (changed) reset.parentElement.append(element("span", "Your own query; Reset brings back the workbook's.", { className: "changed" }));
}

/** A button that puts the query on the clipboard, for the prompt or the portal. */
function copying(field) {
  const button = element("button", "Copy", { type: "button" });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 2000);
    } catch {
      // Without the right to the clipboard the text is chosen, to be copied by hand.
      field.select();
    }
  });
  return button;
}

/** Offers the rows of a panel as CSV, as they are and for spreadsheets. */
function exports(button) {
  const id = button.dataset.export;
  const title = "The same, with a ' before each cell that a spreadsheet would take for a formula";
  const guarded = element("button", "CSV for spreadsheets", { type: "button", className: "tool", title });
  button.after(guarded);
  button.addEventListener("click", () => save(id, false));
  guarded.addEventListener("click", () => save(id, true));
}

/** Gives the rows to the browser as a file. */
async function save(id, guarded) {
  const given = [...state.given, ...(guarded ? [[GUARDED, "yes"]] : [])];
  const path = `${base}/export/${encodeURIComponent(id)}.csv`;
  const { edited } = state;
  const headers = { "content-type": "application/json" };
  const posted = () => fetch(path, { method: "POST", headers, body: JSON.stringify({ given, edited }) });
  try {
    const response = await (edited === null ? fetch(path + search(given)) : posted());
    if (!response.ok) throw new Error(await response.text());
    const named = /filename="([^"]*)"/.exec(response.headers.get("content-disposition") ?? "");
    const href = URL.createObjectURL(await response.blob());
    element("a", "", { href, download: named?.[1] ?? "rows.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  } catch (error) {
    banner(error.message);
  }
}
