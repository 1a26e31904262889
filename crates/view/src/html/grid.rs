//! A grid as a table: heads that stay in sight, looks of cells, groups that fold.
//!
//! In the live page a row that belongs to a folded group is `hidden`, and the script shows it. In a file the groups of
//! the first depth fold by a check box and the style sheet; deeper ones stay open.

use super::action::{act_attributes, row_details};
use super::look::{Painted, paint};
use super::text::{attribute, element_text};
use super::{HtmlMode, Place, left_out};
use crate::drawing::{Action, Grid};
use crate::grid::{GridCell, GridColumn, GridRow};

/// Letters of a text that stands in one line, and of one that takes no more lines than a row has room for.
const SHORT: usize = 40;
const LONG: usize = 400;

/// Draws a grid with its search field. Below it stands how many rows are left out.
pub fn draw(grid: &Grid, place: &Place) -> String {
    if grid.columns.is_empty() {
        return "<p class=\"message\">No columns.</p>".to_owned();
    }
    let live = place.mode == HtmlMode::Live;
    let name = element_text(place.name);
    let filter = if live && grid.filter {
        "<input type=\"search\" class=\"filter\" placeholder=\"Search rows\" aria-label=\"Search rows\">"
    } else {
        ""
    };
    let tree = grid.rows.iter().any(|row| row.unfolded.is_some());
    let role = if tree && live { " role=\"treegrid\"" } else { "" };
    let columns: String = grid.columns.iter().map(column).collect();
    let heads: String = grid.columns.iter().enumerate().map(|(at, column)| head(column, at, live)).collect();
    let label = if name.is_empty() { "Rows".to_owned() } else { name };
    format!(
        "{filter}<div class=\"rows\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\
         <table class=\"grid\"{role}><colgroup>{columns}</colgroup>\
         <thead><tr>{heads}</tr></thead>{}</table></div>{}",
        body(grid, place),
        notes(&grid.notes) + &left_out(grid.shown(), grid.total)
    )
}

/// Why these are rows where something else was asked for.
fn notes(notes: &[String]) -> String {
    notes.iter().map(|note| format!("<p class=\"note\">{}</p>", element_text(note))).collect()
}

/// The width wished for, in steps of five letters.
fn column(column: &GridColumn) -> String {
    match column.width {
        Some(letters) => format!("<col class=\"ch-{}\">", letters.clamp(5, 100).div_ceil(5) * 5),
        None => "<col>".to_owned(),
    }
}

fn head(column: &GridColumn, at: usize, live: bool) -> String {
    let label = element_text(&column.label);
    let label = if live { format!("<button type=\"button\" class=\"sort\">{label}</button>") } else { label };
    let side = if column.right { " class=\"right\"" } else { "" };
    let title = attribute("title", &column.comment);
    format!("<th scope=\"col\" data-column=\"{at}\"{side}{title}>{label}</th>")
}

fn body(grid: &Grid, place: &Place) -> String {
    let mut out = String::from("<tbody>");
    // How many groups of a file fold, and whether the rows now belong to one.
    let (mut folds, mut inside) = (0, false);
    // The depth of the outermost folded group the row is in.
    let mut folded: Option<usize> = None;
    for row in &grid.rows {
        if folded.is_some_and(|depth| row.depth <= depth) {
            folded = None;
        }
        let hidden = place.mode == HtmlMode::Live && folded.is_some();
        if row.unfolded == Some(false) && folded.is_none() {
            folded = Some(row.depth);
        }
        let opens = place.mode == HtmlMode::File && row.depth == 0 && row.unfolded.is_some();
        if row.depth == 0 && (opens || inside) && !out.ends_with("<tbody>") {
            out += "</tbody><tbody>";
        }
        inside = opens || (inside && row.depth > 0);
        let fold = match row.unfolded {
            Some(unfolded) if place.mode == HtmlMode::Live => live_fold(row, unfolded),
            Some(unfolded) if opens => {
                folds += 1;
                file_fold(row, unfolded, place, folds)
            }
            Some(_) | None => String::new(),
        };
        out += &drawn_row(grid, row, hidden, &fold, place.mode);
    }
    out + "</tbody>"
}

fn live_fold(row: &GridRow, unfolded: bool) -> String {
    let label = attribute("aria-label", &format!("Rows of {}", first_text(row)));
    format!("<button type=\"button\" class=\"fold\" aria-expanded=\"{unfolded}\"{label}></button>")
}

fn file_fold(row: &GridRow, unfolded: bool, place: &Place, number: usize) -> String {
    let label = attribute("aria-label", &format!("Rows of {}", first_text(row)));
    let checked = if unfolded { " checked" } else { "" };
    format!("<input type=\"checkbox\" class=\"fold\" id=\"{}-fold-{number}\"{label}{checked}>", place.id)
}

fn first_text(row: &GridRow) -> &str {
    row.cells.first().map_or("", |cell| cell.text.as_str())
}

fn drawn_row(grid: &Grid, row: &GridRow, hidden: bool, fold: &str, mode: HtmlMode) -> String {
    let mut classes = Vec::new();
    let mut attributes = format!(" data-depth=\"{}\"", row.depth);
    if let Some(unfolded) = row.unfolded {
        classes.push("group");
        if mode == HtmlMode::Live {
            attributes += &format!(" aria-expanded=\"{unfolded}\" aria-level=\"{}\"", row.depth + 1);
        }
    }
    if row.selected {
        classes.push("selected");
        attributes += " aria-current=\"true\"";
    }
    let click = row.action.as_ref().and_then(|action| act_attributes(action, mode));
    if let Some(click) = &click {
        classes.push("click");
        attributes += &format!(" tabindex=\"0\"{click}");
    }
    if hidden {
        attributes += " hidden";
    }
    // What the script does not do for the row (an address, a word on the portal) stands in its first cell.
    let other = row
        .action
        .as_ref()
        .filter(|action| matches!(action, Action::Open(_) | Action::Page(_) | Action::Portal(_)));
    let shared = shared_details(row).filter(|_| mode == HtmlMode::Live);
    if let Some(pairs) = shared {
        attributes += &row_details(pairs);
    }
    let blank = GridCell::plain("");
    let cells = grid.columns.iter().enumerate().map(|(at, column)| {
        let cell = row.cells.get(at).unwrap_or(&blank);
        let refers = shared.is_some_and(|shared| details(cell).is_some_and(|pairs| pairs == shared));
        let referring =
            refers.then(|| GridCell { action: Some(Action::Details(Vec::new())), ..cell.clone() });
        let cell = referring.as_ref().unwrap_or(cell);
        let (lead, other) = if at == 0 { (indent(row.depth) + fold, other) } else { (String::new(), None) };
        drawn_cell(cell, column, &lead, other, mode)
    });
    let cells: String = cells.collect();
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    format!("<tr{class}{attributes}>{cells}</tr>\n")
}

/// Details that more than one cell of a row shows, most often the whole row: written for each cell they would be the
/// larger part of the page.
fn shared_details(row: &GridRow) -> Option<&[(String, String)]> {
    let mut shown = row.cells.iter().filter_map(details);
    let first = shown.next().filter(|pairs| !pairs.is_empty())?;
    shown.any(|pairs| pairs == first).then_some(first)
}

fn details(cell: &GridCell) -> Option<&[(String, String)]> {
    match cell.action.as_ref()? {
        Action::Details(pairs) => Some(pairs),
        Action::Set(_)
        | Action::Open(_)
        | Action::Workbook { .. }
        | Action::Page(_)
        | Action::Jump(_)
        | Action::Portal(_) => None,
    }
}

/// Room before the first cell, as deep as the row stands.
fn indent(depth: usize) -> String {
    "<span class=\"indent\"></span>".repeat(depth.min(12))
}

fn drawn_cell(
    cell: &GridCell,
    column: &GridColumn,
    lead: &str,
    action: Option<&Action>,
    mode: HtmlMode,
) -> String {
    let Painted { class, inner } = paint(cell, &column.label, action, mode);
    let side = if column.right { "right" } else { "" };
    let longer = |letters| cell.text.chars().nth(letters).is_some();
    let (length, inner) = match (longer(SHORT), longer(LONG)) {
        (false, _) => ("", inner),
        (true, false) => ("long", format!("<div class=\"lines\">{inner}</div>")),
        (true, true) => ("long wide", format!("<div class=\"tall\" tabindex=\"0\">{inner}</div>")),
    };
    let classes: Vec<&str> =
        [side, length, class.as_str()].into_iter().filter(|class| !class.is_empty()).collect();
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
    let number = cell.number.filter(|number| number.is_finite());
    let number = number.map_or_else(String::new, |number| format!(" data-number=\"{number}\""));
    format!("<td{class}{number}{}>{lead}{inner}</td>", attribute("title", &cell.hint))
}
