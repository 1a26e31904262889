//! A panel's grid for a terminal: cells with bars, heat, sparklines, icons and colours, and rows grouped by
//! indentation. In: columns and rows whose texts and looks are already settled. Out: lines.

use crate::drawing::Action;
use crate::icon::Icon;
use crate::spark::sparkline;
use crate::style::{Colour, Style};
use crate::table::share;
use crate::text::{fit, visible, width};

/// One column.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GridColumn {
    /// The header.
    pub label: String,
    /// Whether its texts stand on the right.
    pub right: bool,
    /// The column's name in the answer.
    pub name: String,
    /// What it tells; may be empty.
    pub comment: String,
    /// The width wished for, in letters.
    pub width: Option<u16>,
}

/// How a cell looks beyond its text.
#[derive(Clone, PartialEq, Debug)]
pub enum Look {
    /// The text alone.
    Plain,
    /// The text in a colour.
    Ink(Colour),
    /// A sign before the text.
    Sign(Icon),
    /// The text on a background.
    On(Colour),
    /// The text, large.
    Big,
    /// The text as a link.
    Link,
    /// A bar after the text; the share of the longest bar, 0 to 1.
    Bar(f64, Colour),
    /// A bar below the text; the share of the longest bar, 0 to 1.
    BarBelow(f64, Colour),
    /// A bar of several parts after the text; the shares of the longest bar, 0 to 1, each with a colour.
    Parts(Vec<(f64, Colour)>),
    /// A background from white to the colour; the share of the strongest, 0 to 1. Without colour a mark tells it.
    Heat(f64, Colour),
    /// A background of that red, green and blue, out of a palette of several colours; the share of the strongest.
    Shade(f64, (u8, u8, u8)),
    /// A sparkline instead of the text.
    Spark(Vec<Option<f64>>, Colour),
    /// Small bars instead of the text.
    SparkBars(Vec<Option<f64>>, Colour),
}

/// One cell.
#[derive(Clone, PartialEq, Debug)]
pub struct GridCell {
    /// The text.
    pub text: String,
    /// What is drawn with it.
    pub look: Look,
    /// What a click does.
    pub action: Option<Action>,
    /// What is told where the pointer rests; may be empty.
    pub hint: String,
    /// The number it shows, by which rows are put in order.
    pub number: Option<f64>,
}

impl GridCell {
    /// A cell of text alone.
    pub fn plain(text: impl Into<String>) -> GridCell {
        GridCell::of(text, Look::Plain)
    }

    /// A cell of text with a look.
    pub fn of(text: impl Into<String>, look: Look) -> GridCell {
        GridCell { text: text.into(), look, action: None, hint: String::new(), number: None }
    }
}

/// One row.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct GridRow {
    /// How far the first cell is indented: the number of groups the row is in.
    pub depth: usize,
    /// One for each column; missing ones are blank.
    pub cells: Vec<GridCell>,
    /// Whether it is none of the answer's rows, but the name of several of them.
    pub names_group: bool,
    /// For a row with rows below it: whether those are seen at first.
    pub unfolded: Option<bool>,
    /// What a click on the row does.
    pub action: Option<Action>,
    /// Whether it is the one clicked.
    pub selected: bool,
}

/// Cells of the longest bar, and of the longest sparkline.
const BAR: usize = 10;
const SPARK: usize = 24;
/// Fewest cells a column of text is shrunk to.
const NARROWEST: usize = 6;
/// Cells the first cell of a row far below others is indented at most.
const DEEPEST: usize = 24;

/// Draws a grid.
pub fn grid(columns: &[GridColumn], rows: &[GridRow], style: &Style) -> Vec<String> {
    if columns.is_empty() {
        return Vec::new();
    }
    let widths = widths(columns, rows, style);
    let down = style.glyph("│", "|");
    let rule = |left: &str, middle: &str, right: &str| {
        let parts: Vec<String> = widths.iter().map(|w| style.glyph("─", "-").repeat(w + 2)).collect();
        format!("{left}{}{right}", parts.join(middle))
    };
    let row = |left: &str, cells: Vec<String>| format!("{left} {} {down}", cells.join(&format!(" {down} ")));
    let header = columns.iter().zip(&widths).map(|(column, width)| {
        let label = visible(&column.label, style.unicode);
        style.bold(&fit(&label, *width, column.right, style.unicode))
    });
    let g = |unicode, ascii| style.glyph(unicode, ascii);
    let mut lines = vec![rule(g("┌", "+"), g("┬", "+"), g("┐", "+")), row(down, header.collect())];
    lines.push(rule(g("├", "+"), g("┼", "+"), g("┤", "+")));
    for one in rows {
        let (taken, room) = span(one, &widths, style);
        let cells = columns.iter().zip(&widths).enumerate().map(|(at, (column, width))| {
            let width = if at == 0 { room } else { *width };
            let indent = if at == 0 { indent(one).min(width / 2) } else { 0 };
            let drawn = one.cells.get(at).map(|cell| draw(cell, width - indent, column.right, style));
            " ".repeat(indent) + &drawn.unwrap_or_else(|| " ".repeat(width - indent))
        });
        let cells = cells.enumerate().filter(|(at, _)| *at == 0 || *at >= taken).map(|(_, cell)| cell);
        let left = if one.selected { g("▶", ">") } else { down };
        lines.push(row(left, cells.collect()));
    }
    lines.push(rule(g("└", "+"), g("┴", "+"), g("┘", "+")));
    lines
}

/// How many columns the name of a group takes, and the cells it then has: it runs on over blank ones to its right.
fn span(row: &GridRow, widths: &[usize], style: &Style) -> (usize, usize) {
    let blank = |cell: &GridCell| cell.look == Look::Plain && cell.text.is_empty();
    let (mut taken, mut room) = (1, widths.first().copied().unwrap_or_default());
    let name = row.cells.first().filter(|cell| row.unfolded.is_some() && cell.look == Look::Plain);
    let needed = name.map_or(0, |cell| indent(row) + width(&visible(&cell.text, style.unicode)));
    while room < needed && taken < widths.len() && row.cells.get(taken).is_none_or(blank) {
        room += widths[taken] + 3;
        taken += 1;
    }
    (taken, room)
}

/// Cells the first cell of a row is indented.
fn indent(row: &GridRow) -> usize {
    row.depth.saturating_mul(2).min(DEEPEST)
}

/// Widths of the columns, shared fairly where they do not fit.
fn widths(columns: &[GridColumn], rows: &[GridRow], style: &Style) -> Vec<usize> {
    let natural: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let indent = |row: &GridRow| if at == 0 { indent(row) } else { 0 };
            let cells = rows.iter().filter_map(|row| Some(natural(row.cells.get(at)?, style) + indent(row)));
            cells.max().unwrap_or(0).max(width(&visible(&column.label, style.unicode))).max(1)
        })
        .collect();
    let floors: Vec<usize> = natural.iter().map(|width| (*width).min(NARROWEST)).collect();
    share(&natural, &floors, style.width.saturating_sub(3 * columns.len() + 1))
}

/// Cells a cell would like.
pub(crate) fn natural(cell: &GridCell, style: &Style) -> usize {
    let text = width(&visible(&cell.text, style.unicode));
    match &cell.look {
        Look::On(_) if !style.colour => width(&named(cell, style)),
        Look::Plain | Look::Ink(_) | Look::On(_) | Look::Big | Look::Link => text,
        Look::Sign(_) => text + 2,
        Look::Bar(..) | Look::BarBelow(..) | Look::Parts(_) => text + 1 + BAR,
        Look::Heat(..) | Look::Shade(..) => text + if style.colour { 0 } else { 2 },
        Look::Spark(values, _) | Look::SparkBars(values, _) => values.len().min(SPARK),
    }
}

/// A cell in exactly `cells` cells.
pub(crate) fn draw(cell: &GridCell, cells: usize, right: bool, style: &Style) -> String {
    let text = visible(&cell.text, style.unicode);
    let plain = |cells: usize| fit(&text, cells, right, style.unicode);
    match &cell.look {
        Look::Plain | Look::Link => plain(cells),
        Look::Big => style.bold(&plain(cells)),
        Look::On(_) if !style.colour => fit(&named(cell, style), cells, right, style.unicode),
        Look::On(colour) => style.paint_on(colour.rgb(), &plain(cells)),
        Look::Ink(colour) => style.paint(*colour, &plain(cells)),
        Look::Sign(icon) if cells > 2 => format!("{} {}", icon.draw(style), plain(cells - 2)),
        Look::Sign(icon) => fit(style.glyph(icon.glyph, icon.ascii), cells, false, style.unicode),
        Look::Bar(share, colour) | Look::BarBelow(share, colour) if cells > BAR + 1 => {
            let bar = fit(&bar(*share * BAR as f64, style.unicode), BAR, false, style.unicode);
            format!("{} {}", plain(cells - BAR - 1), style.paint(*colour, &bar))
        }
        Look::Parts(parts) if cells > BAR + 1 => {
            format!("{} {}", plain(cells - BAR - 1), parted(parts, style))
        }
        Look::Bar(..) | Look::BarBelow(..) | Look::Parts(_) => plain(cells),
        Look::Shade(_, rgb) if style.colour => style.paint_on(*rgb, &plain(cells)),
        Look::Heat(share, colour) if style.colour => style.paint_on(colour.shade(*share), &plain(cells)),
        Look::Heat(share, _) | Look::Shade(share, _) if cells > 2 => {
            let mark = sparkline(&[Some(*share), Some(1.0)], 2, style);
            format!("{} {}", plain(cells - 2), mark.chars().next().unwrap_or(' '))
        }
        Look::Heat(..) | Look::Shade(..) => plain(cells),
        Look::Spark(values, colour) | Look::SparkBars(values, colour) => {
            let line = sparkline(values, cells, style);
            style.paint(*colour, &fit(&line, cells, false, style.unicode))
        }
    }
}

/// A text on a background where no background can be drawn: `12 (red)`.
fn named(cell: &GridCell, style: &Style) -> String {
    let text = visible(&cell.text, style.unicode);
    match &cell.look {
        Look::On(colour) if !colour.name().is_empty() => {
            format!("{text} ({})", colour.name()).trim().to_owned()
        }
        Look::On(_)
        | Look::Plain
        | Look::Ink(_)
        | Look::Sign(_)
        | Look::Big
        | Look::Link
        | Look::Bar(..)
        | Look::BarBelow(..)
        | Look::Parts(_)
        | Look::Heat(..)
        | Look::Shade(..)
        | Look::Spark(..)
        | Look::SparkBars(..) => text.into_owned(),
    }
}

/// A bar of several parts in `BAR` cells, each part with a filling of its own.
fn parted(parts: &[(f64, Colour)], style: &Style) -> String {
    let (mut sum, mut used) = (0.0, 0);
    let mut out = String::new();
    for (at, (share, colour)) in parts.iter().enumerate() {
        sum += if share.is_finite() { share.max(0.0) } else { 0.0 };
        let end = ((sum * BAR as f64).round() as usize).min(BAR);
        let fill = if style.unicode { ['█', '▓', '▒', '░'] } else { ['#', '*', '+', 'o'] }[at % 4];
        out.push_str(&style.paint(*colour, &fill.to_string().repeat(end - used)));
        used = end;
    }
    out + &" ".repeat(BAR - used)
}

/// A bar that many cells long, to an eighth of a cell; what is more than nothing is seen.
pub fn bar(length: f64, unicode: bool) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if !length.is_finite() || length <= 0.0 {
        return String::new();
    }
    if !unicode {
        return "#".repeat((length.round() as usize).max(1));
    }
    let eighths = ((length * 8.0).round() as usize).max(1);
    "█".repeat(eighths / 8) + PARTS[eighths % 8]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Vec<GridColumn>, Vec<GridRow>) {
        let column = |label: &str, right| GridColumn { label: label.into(), right, ..GridColumn::default() };
        let cell = GridCell::of;
        let row = |depth, name: &str, share, status: &str| GridRow {
            depth,
            cells: vec![
                GridCell::plain(name),
                cell("12", Look::Heat(share, Colour::Blue)),
                cell("34", Look::Bar(share, Colour::Green)),
                cell("ok", Icon::from_name(status).map_or(Look::Plain, Look::Sign)),
                cell("", Look::Spark(vec![Some(0.0), Some(share)], Colour::Blue)),
            ],
            ..GridRow::default()
        };
        let columns = vec![
            column("Action", false),
            column("Failure", true),
            column("Total", true),
            column("Status", false),
            column("Trend", false),
        ];
        (columns, vec![row(0, "Create", 1.0, "success"), row(1, "Up\ndate", 0.25, "3")])
    }

    #[test]
    fn names_of_groups_run_on_over_blank_cells() {
        let column = |label: &str| GridColumn { label: label.into(), ..GridColumn::default() };
        let columns = [column("Date"), column("Status"), column("Name")];
        let row = |unfolded, texts: [&str; 3]| GridRow {
            cells: texts.map(GridCell::plain).to_vec(),
            unfolded,
            ..GridRow::default()
        };
        let drawn = |group: GridRow| {
            let rows = [group, row(None, ["2026-10-30 00:00:00", "Success", "Tess Oakfield"])];
            grid(&columns, &rows, &Style::plain(42))
        };
        let long = "Update of all the rows (1,932)";
        let lines = drawn(row(Some(true), [long, "", ""]));
        assert!(lines[3].contains(long), "{lines:#?}");
        assert_eq!(width(&lines[3]), width(&lines[4]), "{lines:#?}");
        for other in [row(Some(true), [long, "7", ""]), row(None, [long, "", ""])] {
            let lines = drawn(other);
            assert!(!lines[3].contains(long), "{lines:#?}");
            assert_eq!(width(&lines[3]), width(&lines[4]), "{lines:#?}");
        }
    }

    #[test]
    fn looks_without_colour() {
        let (columns, rows) = sample();
        let expected = "\
┌───────────┬─────────┬───────────────┬────────┬───────┐
│ Action    │ Failure │         Total │ Status │ Trend │
├───────────┼─────────┼───────────────┼────────┼───────┤
│ Create    │    12 █ │ 34 ██████████ │ ✓ ok   │ ▁█    │
│   Up⏎date │    12 ▃ │ 34 ██▌        │ ✗ ok   │ ▁█    │
└───────────┴─────────┴───────────────┴────────┴───────┘";
        assert_eq!(grid(&columns, &rows, &Style::plain(80)).join("\n"), expected);
    }

    #[test]
    fn narrow_and_ascii() {
        let (columns, rows) = sample();
        for cells in [0, 20, 40, 50] {
            let lines = grid(&columns, &rows, &Style::ascii(cells));
            assert!(lines.iter().all(|line| line.is_ascii()), "{lines:?}");
            assert!(cells < 40 || lines.iter().all(|line| line.len() <= cells), "{lines:?}");
        }
        assert!(grid(&[], &[], &Style::plain(80)).is_empty());
    }

    #[test]
    fn colours_and_chosen_rows_without_colour() {
        let columns = vec![GridColumn { label: "State".into(), ..GridColumn::default() }];
        let row = |text: &str, look, selected, depth| GridRow {
            cells: vec![GridCell::of(text, look)],
            selected,
            depth,
            ..GridRow::default()
        };
        let rows = vec![
            row("12", Look::On(Colour::RedBright), false, 0),
            row("", Look::On(Colour::Green), true, 0),
            row("x", Look::On(Colour::None), false, usize::MAX),
        ];
        let expected = "\
┌──────────────────────────┐
│ State                    │
├──────────────────────────┤
│ 12 (bright red)          │
▶ (green)                  │
│             x            │
└──────────────────────────┘";
        let drawn = grid(&columns, &rows, &Style::plain(28)).join("\n");
        assert_eq!(drawn, expected, "{drawn}");
        let lines = grid(&columns, &rows, &Style { colour: true, ..Style::plain(28) });
        assert!(lines[3].contains("12") && !lines[3].contains("red"), "{:?}", lines[3]);
    }

    #[test]
    fn bars_of_parts() {
        let parts = [(0.5, Colour::Blue), (0.25, Colour::Red), (f64::NAN, Colour::Red), (9.0, Colour::Gray)];
        assert_eq!(parted(&parts, &Style::plain(80)), "█████▓▓▓░░");
        assert_eq!(parted(&parts[..2], &Style::ascii(80)), "#####***  ");
    }

    #[test]
    fn heat_is_a_background_where_colour_is_on() {
        let (columns, rows) = sample();
        let lines = grid(&columns, &rows, &Style { colour: true, ..Style::plain(80) });
        assert!(lines[3].contains("\u{1b}[48;5;32;38;5;231m     12"), "{:?}", lines[3]);
    }
}
