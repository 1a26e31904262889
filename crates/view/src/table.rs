//! An answer as a box table, or one record a block. In: an answer and what to show of it. Out: text that ends in a
//! footer (`1,234 rows (100 shown)`), the same for the same input. Columns that do not fit shrink with `…`; when even
//! that is too wide, columns in the middle are left out and the footer says so.

use crate::style::Style;
use crate::text::{cell_text, fit, grouped, visible, width};
use calypso_library::{Answer, Type};

/// What of an answer is shown, and how.
#[derive(Clone, Copy, Debug)]
pub struct TableOptions {
    /// Width, colour, glyphs.
    pub style: Style,
    /// Rows shown at most; nothing means all.
    pub rows: Option<usize>,
    /// Whether a second header line names the types.
    pub types: bool,
    /// Whether lines may be wider than the terminal, so that no text is cut.
    pub whole: bool,
    /// Whether each row is a block of `name │ value` lines.
    pub expanded: bool,
    /// What the footer says about the rows that are not shown (`#last shows all`); may be empty.
    pub hint: &'static str,
}

impl TableOptions {
    /// The first 100 rows, no types, cut to the width.
    pub fn new(style: Style) -> TableOptions {
        TableOptions { style, rows: Some(100), types: false, whole: false, expanded: false, hint: "" }
    }
}

/// Draws an answer; every line ends in a line feed.
pub fn table(answer: &Answer, options: &TableOptions) -> String {
    let shown = options.rows.unwrap_or(usize::MAX).min(answer.rows());
    let cells = texts(answer, shown, options.style.unicode);
    let (mut out, left_out) = if options.expanded {
        (records(answer, &cells, shown, options), 0)
    } else {
        boxed(answer, &cells, shown, options)
    };
    out.push_str(&footer(answer, shown, left_out, options.hint));
    out.push('\n');
    match &answer.name {
        Some(name) => format!("{}\n{out}", visible(name, options.style.unicode)),
        None => out,
    }
}

/// The visible text of the first `rows` rows, column by column.
fn texts(answer: &Answer, rows: usize, unicode: bool) -> Vec<Vec<String>> {
    answer
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells = answer.batches.iter().flat_map(|batch| {
                let array = batch.column(at).as_ref();
                (0..batch.num_rows()).map(move |row| cell_text(column.ty, array, row))
            });
            cells.take(rows).map(|text| visible(&text, unicode).into_owned()).collect()
        })
        .collect()
}

/// The line under the table.
fn footer(answer: &Answer, shown: usize, left_out: usize, hint: &str) -> String {
    let rows = answer.rows();
    let mut text = format!("{} {}", grouped(rows), if rows == 1 { "row" } else { "rows" });
    if shown < rows {
        let separator = if hint.is_empty() { "" } else { "; " };
        text.push_str(&format!(" ({} shown{separator}{hint})", grouped(shown)));
    }
    if left_out > 0 {
        let all = answer.columns.len();
        text.push_str(&format!(", {} columns ({} shown)", grouped(all), grouped(all - left_out)));
    }
    text
}

/// The glyphs of a box: horizontal, vertical, then left, middle and right of the top, the rule and the bottom.
struct Lines {
    across: &'static str,
    down: &'static str,
    top: [&'static str; 3],
    rule: [&'static str; 3],
    bottom: [&'static str; 3],
}

const BOX: Lines =
    Lines {
        across: "─", down: "│", top: ["┌", "┬", "┐"], rule: ["├", "┼", "┤"], bottom: ["└", "┴", "┘"]
    };
const ASCII_BOX: Lines =
    Lines { across: "-", down: "|", top: ["+", "+", "+"], rule: ["+", "+", "+"], bottom: ["+", "+", "+"] };

/// One column as it will be drawn.
struct Drawn {
    header: String,
    ty: &'static str,
    right: bool,
    /// Place among the answer's columns; nothing for the column that stands for those left out.
    source: Option<usize>,
    width: usize,
}

/// The table and how many columns were left out.
fn boxed(answer: &Answer, cells: &[Vec<String>], rows: usize, options: &TableOptions) -> (String, usize) {
    if answer.columns.is_empty() {
        return (String::new(), 0);
    }
    let style = options.style;
    let lines = if style.unicode { &BOX } else { &ASCII_BOX };
    let columns = lay_out(answer, cells, options);
    let left_out = answer.columns.len() - columns.iter().filter(|c| c.source.is_some()).count();
    let line = |ends: &[&str; 3]| {
        let parts: Vec<String> = columns.iter().map(|c| lines.across.repeat(c.width + 2)).collect();
        format!("{}{}{}\n", ends[0], parts.join(ends[1]), ends[2])
    };
    let row = |text: &dyn Fn(&Drawn) -> String| {
        let parts: Vec<String> = columns.iter().map(|c| format!(" {} ", text(c))).collect();
        format!("{}{}{}\n", lines.down, parts.join(lines.down), lines.down)
    };
    let mut out = line(&lines.top);
    out.push_str(&row(&|c| style.bold(&fit(&c.header, c.width, c.right, style.unicode))));
    if options.types {
        out.push_str(&row(&|c| style.faint(&fit(c.ty, c.width, c.right, style.unicode))));
    }
    out.push_str(&line(&lines.rule));
    let cell = |c: &Drawn, at: usize| match c.source {
        Some(source) => fit(&cells[source][at], c.width, c.right, style.unicode),
        None => style.glyph("…", "~").to_owned(),
    };
    out.extend((0..rows).map(|at| row(&|c| cell(c, at))));
    out.push_str(&line(&lines.bottom));
    (out, left_out)
}

/// Fewest cells a column of free text is shrunk to.
const NARROWEST: usize = 8;
/// Fewest cells a column of numbers or times is shrunk to while its header is longer than its cells.
const WIDEST_FIXED: usize = 34;

/// Chooses columns and widths.
fn lay_out(answer: &Answer, cells: &[Vec<String>], options: &TableOptions) -> Vec<Drawn> {
    let style = options.style;
    let mut floors = Vec::new();
    let mut columns = Vec::new();
    for (at, column) in answer.columns.iter().enumerate() {
        let header = visible(&column.name, style.unicode).into_owned();
        let type_width = if options.types { column.ty.name().len() } else { 0 };
        let content = cells[at].iter().map(|text| width(text)).max().unwrap_or(0).max(type_width).max(1);
        let natural = content.max(width(&header));
        let free_text = matches!(column.ty, Type::String | Type::Dynamic);
        floors.push(natural.min(if free_text { NARROWEST } else { content.clamp(4, WIDEST_FIXED) }));
        let right = column.ty.is_number();
        columns.push(Drawn { header, ty: column.ty.name(), right, source: Some(at), width: natural });
    }
    if options.whole {
        return columns;
    }
    let kept = choose(&floors, style.width);
    if kept < columns.len() {
        let (head, tail) = (kept - kept / 2, kept / 2);
        let (gone_from, gone_to) = (head, columns.len() - tail);
        let header = style.glyph("…", "~").to_owned();
        columns.splice(gone_from..gone_to, [Drawn { header, ty: "", right: false, source: None, width: 1 }]);
        floors.splice(gone_from..gone_to, [1]);
    }
    let room = style.width.saturating_sub(3 * columns.len() + 1);
    let natural: Vec<usize> = columns.iter().map(|c| c.width).collect();
    for (column, width) in columns.iter_mut().zip(share(&natural, &floors, room)) {
        column.width = width;
    }
    columns
}

/// How many columns can be kept, at least one: from both ends, so that what is left out is in the middle.
fn choose(floors: &[usize], width: usize) -> usize {
    let needed = |columns: &mut dyn Iterator<Item = &usize>| columns.map(|w| w + 3).sum::<usize>() + 1;
    if needed(&mut floors.iter()) <= width {
        return floors.len();
    }
    let fits = |kept: usize| {
        let (head, tail) = (kept - kept / 2, kept / 2);
        needed(&mut floors[..head].iter().chain(&floors[floors.len() - tail..])) + 4 <= width
    };
    (1..floors.len()).take_while(|kept| fits(*kept)).last().unwrap_or(1)
}

/// Widths that together take at most `room`: the widest give way first, none below its floor; cells left over go to
/// columns that still want them, from the left. Where even the floors are too wide, all give way.
pub(crate) fn share(natural: &[usize], floors: &[usize], room: usize) -> Vec<usize> {
    let with_cap = |cap: usize, floors: &[usize]| -> Vec<usize> {
        natural.iter().zip(floors).map(|(n, f)| (*n).min(cap.max(*f))).collect()
    };
    let total = |widths: &[usize]| widths.iter().sum::<usize>();
    let ones = vec![1; natural.len()];
    let floors = if total(&with_cap(0, floors)) <= room { floors } else { ones.as_slice() };
    let (mut low, mut high) = (0, natural.iter().copied().max().unwrap_or(0));
    while low < high {
        let cap = low + (high - low).div_ceil(2);
        if total(&with_cap(cap, floors)) <= room {
            low = cap;
        } else {
            high = cap - 1;
        }
    }
    let mut widths = with_cap(low, floors);
    let mut spare = room.saturating_sub(total(&widths));
    for (width, natural) in widths.iter_mut().zip(natural) {
        if spare > 0 && *width < *natural {
            *width += 1;
            spare -= 1;
        }
    }
    widths
}

/// One block of `name │ value` lines a row; long values go on in the next line.
fn records(answer: &Answer, cells: &[Vec<String>], rows: usize, options: &TableOptions) -> String {
    let style = options.style;
    let (across, down) = (style.glyph("─", "-"), style.glyph("│", "|"));
    let labels: Vec<String> = answer
        .columns
        .iter()
        .map(|column| {
            let name = visible(&column.name, style.unicode).into_owned();
            if options.types { format!("{name}: {}", column.ty) } else { name }
        })
        .collect();
    let widest = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let label_width = if options.whole { widest } else { widest.min(style.width / 2) };
    let room = if options.whole { usize::MAX } else { style.width.saturating_sub(label_width + 3).max(8) };
    let mut out = String::new();
    out.extend((0..rows).map(|at| {
        let title = format!("{across}{across} row {} ", grouped(at + 1));
        let rest = style.width.min(60).saturating_sub(width(&title));
        let mut block = format!("{title}{}\n", across.repeat(rest));
        for (label, column) in labels.iter().zip(cells) {
            let mut label = fit(label, label_width, false, style.unicode);
            for part in wrap(&column[at], room) {
                block.push_str(format!("{label} {down} {part}").trim_end());
                block.push('\n');
                label = " ".repeat(label_width);
            }
        }
        block
    }));
    out
}

/// Cuts text into pieces of at most `room` cells; at least one piece, maybe empty.
fn wrap(text: &str, room: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut cells) = (0, 0);
    for (at, c) in text.char_indices() {
        let next = width(c.encode_utf8(&mut [0; 4]));
        if cells + next > room && at > start {
            pieces.push(&text[start..at]);
            (start, cells) = (at, 0);
        }
        cells += next;
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
