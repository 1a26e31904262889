//! Bars from left to right, a category a row, with the numbers at their ends; and pies as bars of per cent.

use super::super::model::{Pie, Plot, Slice};
use super::super::settings::Stacking;
use super::{clean, fill};
use crate::grid::bar;
use crate::number::{NumberFormat, Unit, number_text};
use crate::style::{Colour, Style};
use crate::text::{fit, width};

/// Places drawn at most.
const MOST_PLACES: usize = 100;

/// One row before it is drawn.
struct Row {
    label: String,
    /// From, to, filling and colour of each piece, in values.
    pieces: Vec<(f64, f64, char, Colour)>,
    value: String,
}

/// The bars of a plot.
pub fn bars(plot: &Plot, style: &Style) -> Vec<String> {
    let rows: Vec<Row> = (0..plot.xs.len().min(MOST_PLACES))
        .flat_map(|at| {
            if plot.stacking == Stacking::None {
                beside(plot, at, style)
            } else {
                vec![stack(plot, at, style)]
            }
        })
        .collect();
    let (low, high) = plot.y_extent();
    let mut out = draw_rows(&rows, low, high, style);
    if plot.xs.len() > MOST_PLACES {
        out.push(style.faint(&format!("({MOST_PLACES} of {} places drawn)", plot.xs.len())));
    }
    out
}

/// A row for each series that has a value at a place.
fn beside(plot: &Plot, at: usize, style: &Style) -> Vec<Row> {
    let mut label = plot.xs[at].label();
    let mut rows = Vec::new();
    for (series, one) in plot.series.iter().enumerate() {
        if let Some(value) = one.values[at] {
            let pieces = vec![(0.0, value, fill(series, style), one.colour)];
            rows.push(Row {
                label: std::mem::take(&mut label),
                pieces,
                value: number_text(value, &plot.y_format),
            });
        }
    }
    if rows.is_empty() {
        rows.push(Row { label, pieces: Vec::new(), value: String::new() });
    }
    rows
}

/// One row with the series one after another, values above zero to the right of it and those below to the left.
fn stack(plot: &Plot, at: usize, style: &Style) -> Row {
    let (mut above, mut below) = (0.0, 0.0);
    let mut pieces = Vec::new();
    let mut values = Vec::new();
    for (series, one) in plot.series.iter().enumerate() {
        let value = one.values[at];
        values.push(value.map_or("-".to_owned(), |v| number_text(v, &plot.y_format)));
        let value = value.unwrap_or(0.0);
        let from = if value < 0.0 { &mut below } else { &mut above };
        pieces.push((*from, *from + value, fill(series, style), one.colour));
        *from += value;
    }
    Row { label: plot.xs[at].label(), pieces, value: values.join(style.glyph(" · ", " / ")) }
}

fn draw_rows(rows: &[Row], low: f64, high: f64, style: &Style) -> Vec<String> {
    let labels: Vec<String> = rows.iter().map(|row| clean(&row.label, style.width / 3, style)).collect();
    let label_width = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let values: Vec<String> = rows.iter().map(|row| clean(&row.value, style.width / 3, style)).collect();
    let value_width = values.iter().map(|value| width(value)).max().unwrap_or(0);
    let cells = style.width.saturating_sub(label_width + value_width + 3).clamp(4, 120);
    let mut out = Vec::new();
    for ((row, label), value) in rows.iter().zip(&labels).zip(&values) {
        let (drawn, used) = pieces(row, low, high, cells, style);
        let label = fit(label, label_width, false, style.unicode);
        let gap = if used > 0 { " " } else { "" };
        out.push(format!("{label} {}{drawn}{gap}{value}", style.glyph("│", "|")));
    }
    out
}

/// The pieces of a row as text, and how many cells that takes.
fn pieces(row: &Row, low: f64, high: f64, cells: usize, style: &Style) -> (String, usize) {
    let at = |value: f64| ((value.clamp(low, high) - low) / (high - low)) * cells as f64;
    if let [(from, to, '█', colour)] = row.pieces.as_slice()
        && *from == 0.0
        && *to >= 0.0
        && low == 0.0
    {
        let text = bar(at(*to), true);
        return (style.paint(*colour, &text), width(&text));
    }
    let mut line: Vec<Option<(char, Colour)>> = vec![None; cells];
    for (from, to, c, colour) in &row.pieces {
        let (left, right) = (at(from.min(*to)).round() as usize, at(from.max(*to)).round() as usize);
        // What is more than nothing is seen, if only as one cell.
        let right = if from != to { right.max(left + 1) } else { right };
        for cell in line.iter_mut().take(right.min(cells)).skip(left.min(cells.saturating_sub(1))) {
            *cell = Some((*c, *colour));
        }
    }
    let end = line.iter().rposition(Option::is_some).map_or(0, |at| at + 1);
    let runs = line[..end].chunk_by(|a, b| a == b);
    let text: String = runs
        .map(|run| match run[0] {
            Some((c, colour)) => style.paint(colour, &String::from_iter(vec![c; run.len()])),
            None => " ".repeat(run.len()),
        })
        .collect();
    (text, end)
}

/// The slices of a pie as bars of per cent.
pub fn pie(pie: &Pie, style: &Style) -> Vec<String> {
    if pie.slices.is_empty() {
        return vec!["no rows".to_owned()];
    }
    let percent = |share: f64| {
        let format = NumberFormat { unit: Unit::Percent, digits: (1, 1), grouping: false };
        number_text(share * 100.0, &format)
    };
    let names: Vec<String> =
        pie.slices.iter().map(|slice| clean(&slice.name, style.width / 3, style)).collect();
    let value = |slice: &Slice| clean(&number_text(slice.value, &pie.format), style.width / 3, style);
    let values: Vec<String> = pie.slices.iter().map(value).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| width(text)).max().unwrap_or(0);
    let (name_width, value_width) = (widest(&names), widest(&values));
    let cells = style.width.saturating_sub(name_width + value_width + 9).min(60);
    let cells = if cells < 4 { 0 } else { cells };
    let lines = pie.slices.iter().zip(&names).zip(&values).map(|((slice, name), value)| {
        let length = slice.share * cells as f64;
        let drawn = bar(length, style.unicode);
        let name = fit(name, name_width, false, style.unicode);
        let value = fit(value, value_width, true, style.unicode);
        format!("{name} {value} {:>6} {}", percent(slice.share), style.paint(slice.colour, &drawn))
            .trim_end()
            .to_owned()
    });
    lines.collect()
}
