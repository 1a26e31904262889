// Rows of a grid: their order by a click on a head, the field that searches them, groups that fold. All of it works on
// the rows the server sent.

import { onNewItem } from "./redraw.js";

/** What the reader did to the grid of an item, by the item's id: kept when its rows are sent anew. */
const chosen = new Map();

/** Listens for clicks on heads and folds, and for what is written into search fields. */
export function begin() {
  onNewItem((item) => {
    const table = item.querySelector("table.grid");
    if (table !== null) new Grid(item, table);
  });
}

class Grid {
  constructor(item, table) {
    this.table = table;
    this.body = table.tBodies[0];
    this.rows = [...(this.body?.rows ?? [])];
    this.tree = this.rows.map((row, at) => ({ row, at, depth: Number(row.dataset.depth ?? 0), below: [] }));
    this.roots = roots(this.tree);
    this.field = item.querySelector("input.filter");
    this.kept = chosen.get(item.id) ?? { column: null, down: false, text: "", folded: new Map() };
    chosen.set(item.id, this.kept);
    table.tHead?.addEventListener("click", (event) => {
      const head = event.target.closest("th[data-column]");
      if (head !== null) this.turn(Number(head.dataset.column));
    });
    this.body?.addEventListener("click", (event) => {
      const row = event.target.closest("tr.group");
      const onFold = event.target.closest("button.fold") !== null;
      const onOther = event.target.closest("button, a, input") !== null;
      const acts = row?.matches("[data-set], [data-details], [data-workbook], [data-jump]");
      if (row !== null && (onFold || (!onOther && !acts))) this.fold(row);
    });
    this.body?.addEventListener("keydown", (event) => {
      const row = event.target.matches("tr.group") ? event.target : null;
      const open = row?.getAttribute("aria-expanded") === "true";
      if (row !== null && event.key === (open ? "ArrowLeft" : "ArrowRight")) this.fold(row);
    });
    this.field?.addEventListener("input", () => {
      this.kept.text = this.field.value;
      this.show();
    });
    this.restore();
  }

  restore() {
    if (this.field !== null) this.field.value = this.kept.text;
    for (const node of this.tree) {
      const open = this.kept.folded.get(path(node));
      if (open !== undefined) unfolded(node.row, open);
    }
    if (this.kept.column !== null) this.order();
    this.show();
  }

  /** The order goes from the server's to rising, falling, and back. */
  turn(column) {
    const { kept } = this;
    if (kept.column !== column) Object.assign(kept, { column, down: false });
    else if (!kept.down) kept.down = true;
    else Object.assign(kept, { column: null, down: false });
    this.order();
  }

  order() {
    const { column, down } = this.kept;
    const compare = column === null ? (a, b) => a.at - b.at : by(column, down);
    const sorted = [];
    const walk = (nodes) => {
      for (const node of [...nodes].sort(compare)) {
        sorted.push(node.row);
        walk(node.below);
      }
    };
    walk(this.roots);
    this.body?.append(...sorted);
    for (const head of this.table.tHead?.querySelectorAll("th[data-column]") ?? []) {
      if (Number(head.dataset.column) !== column) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", down ? "descending" : "ascending");
    }
  }

  fold(row) {
    const node = this.tree.find((one) => one.row === row);
    const open = row.getAttribute("aria-expanded") !== "true";
    unfolded(row, open);
    this.kept.folded.set(path(node), open);
    this.show();
  }

  /** Shows the rows that match, with those above them; without a search, those whose groups are unfolded. */
  show() {
    const wanted = this.kept.text.trim().toLowerCase();
    const walk = (nodes, seen) => {
      let any = false;
      for (const node of nodes) {
        const matches = wanted === "" || node.row.textContent.toLowerCase().includes(wanted);
        const open = node.row.getAttribute("aria-expanded") !== "false";
        const below = walk(node.below, wanted === "" ? seen && open : true);
        node.row.hidden = wanted === "" ? !seen : !(matches || below);
        any ||= !node.row.hidden;
      }
      return any;
    };
    walk(this.roots, true);
  }
}

/** Rows with those below them. */
function roots(nodes) {
  const found = [];
  const above = [];
  for (const node of nodes) {
    while (above.length > 0 && above.at(-1).depth >= node.depth) above.pop();
    node.above = above.at(-1) ?? null;
    (node.above?.below ?? found).push(node);
    above.push(node);
  }
  return found;
}

/** The first cells from the outermost group in, by which a group is found again. */
function path(node) {
  const own = node.row.cells[0]?.textContent ?? "";
  return node.above === null || node.above === undefined ? own : `${path(node.above)}\n${own}`;
}

function unfolded(row, open) {
  row.setAttribute("aria-expanded", String(open));
  row.querySelector("button.fold")?.setAttribute("aria-expanded", String(open));
}

const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Numbers by size, other cells by their words; cells without either stand last. */
function by(column, down) {
  const value = ({ row }) => {
    const cell = row.cells[column];
    const text = cell?.textContent.trim() ?? "";
    return { text, number: cell?.dataset.number === undefined ? null : Number(cell.dataset.number) };
  };
  return (a, b) => {
    const [left, right] = [value(a), value(b)];
    const empty = (one) => one.number === null && one.text === "";
    if (empty(left) || empty(right)) return Number(empty(left)) - Number(empty(right)) || a.at - b.at;
    const numbers = left.number !== null && right.number !== null;
    const order = numbers ? left.number - right.number : words.compare(left.text, right.text);
    return (down ? -order : order) || a.at - b.at;
  };
}
