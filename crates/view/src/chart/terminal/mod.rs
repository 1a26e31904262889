//! Charts drawn with characters. In: a resolved `Chart`, a `Style` and a height. Out: lines no wider than the style
//! says, the same for the same input. Each series has a fill or a mark of its own beside its colour.

mod bars;
mod canvas;
mod columns;
mod frame;
mod lines;

use super::model::{Card, Chart, Plot};
use super::settings::Kind;
use crate::number::number_text;
use crate::style::{Colour, Style};
use crate::text::{visible, width};
use crate::tiles::{Tile, tiles};

/// Rows of the drawing area when nothing else is asked.
pub const HEIGHT: usize = 12;

/// Draws a chart; `height` is rows of the drawing area, without title, axis and legend. Bars from left to right take
/// a row each instead.
pub fn draw(chart: &Chart, style: &Style, height: usize) -> Vec<String> {
    let height = height.clamp(3, 100);
    match chart {
        Chart::Plot(plot) => draw_plot(plot, style, height),
        Chart::Pie(pie) => {
            let mut out = title(&pie.title, style);
            out.extend(bars::pie(pie, style));
            out.extend(notes(&pie.notes, style));
            out
        }
        Chart::Card(card) => draw_card(card, style),
    }
}

fn draw_plot(plot: &Plot, style: &Style, height: usize) -> Vec<String> {
    let mut out = title(&plot.title, style);
    if plot.xs.is_empty() || plot.series.is_empty() {
        out.push("no rows".to_owned());
        return out;
    }
    let places = plot.xs.len() * if columns::side_by_side(plot) { plot.series.len() } else { 1 };
    let (body, marks) = match plot.kind {
        Kind::Bar => (bars::bars(plot, style), Marks::Fills),
        Kind::Column => match columns::columns(plot, style, height) {
            Some(lines) => (lines, Marks::Fills),
            None if places <= 60 => (bars::bars(plot, style), Marks::Fills),
            None => (lines::lines(plot, style, height), Marks::Points),
        },
        Kind::Area if lines::fills(plot) => (lines::area(plot, style, height), Marks::Fills),
        Kind::Line | Kind::Area | Kind::Scatter | Kind::Pie | Kind::Card => {
            (lines::lines(plot, style, height), Marks::Points)
        }
    };
    out.extend(body);
    out.extend(legend(plot, &marks, style));
    out.extend(notes(&plot.notes, style));
    out
}

/// The values of a card as tiles.
fn draw_card(card: &Card, style: &Style) -> Vec<String> {
    let mut out = title(&card.title, style);
    if card.entries.is_empty() {
        out.push("no rows".to_owned());
    }
    let entries: Vec<Tile> = card.entries.iter().map(|(name, text)| Tile::new(name, text)).collect();
    out.extend(tiles(&entries, style));
    out
}

/// What tells series apart.
enum Marks {
    /// The filling of bars.
    Fills,
    /// Marks on lines.
    Points,
}

fn title(text: &str, style: &Style) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { vec![style.bold(&clean(text, style.width, style))] }
}

fn notes(notes: &[String], style: &Style) -> Vec<String> {
    notes.iter().map(|note| style.faint(&clean(&format!("({note})"), style.width, style))).collect()
}

/// Text that cannot act, at most `cells` wide.
fn clean(text: &str, cells: usize, style: &Style) -> String {
    crate::text::shorten(&visible(text, style.unicode), cells, style.unicode).into_owned()
}

/// The filling of a series' bars.
fn fill(series: usize, style: &Style) -> char {
    const FILLS: [char; 10] = ['█', '▓', '▒', '░', '#', '*', '+', 'o', 'x', '='];
    const ASCII_FILLS: [char; 10] = ['#', '*', '+', 'o', 'x', '=', '%', '@', '-', '~'];
    let fills = if style.unicode { FILLS } else { ASCII_FILLS };
    fills[series % fills.len()]
}

/// The mark of a series' points.
fn mark(series: usize, style: &Style) -> char {
    const MARKS: [char; 10] = ['●', '▲', '■', '◆', '○', '△', '□', '◇', '+', 'x'];
    const ASCII_MARKS: [char; 10] = ['*', '+', 'x', 'o', '#', '@', '%', '=', '&', '$'];
    let marks = if style.unicode { MARKS } else { ASCII_MARKS };
    marks[series % marks.len()]
}

/// The series with their marks where they are to be listed, and the line across, in as many lines as they need.
fn legend(plot: &Plot, marks: &Marks, style: &Style) -> Vec<String> {
    let sign = |at| match marks {
        Marks::Fills => fill(at, style),
        Marks::Points => mark(at, style),
    };
    let entries = plot.series.iter().enumerate().map(|(at, s)| (sign(at), s.name.clone(), s.colour));
    let all = plot.legend && (plot.series.len() > 1 || plot.y_title.is_empty());
    let threshold = plot.threshold.map(|at| {
        let (sign, name) = frame::threshold_sign(style);
        (sign, format!("{name} {}", number_text(at, &plot.y_format)), Colour::Red)
    });
    legend_lines(entries.filter(|_| all).chain(threshold), style)
}

fn legend_lines(entries: impl Iterator<Item = (char, String, Colour)>, style: &Style) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for (sign, name, colour) in entries {
        let name = clean(&name, style.width.saturating_sub(2).min(40), style);
        let cells = width(&name) + 2;
        if used > 0 && used + 2 + cells > style.width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push_str("  ");
            used += 2;
        }
        line.push_str(&format!("{} {name}", style.paint(colour, &sign.to_string())));
        used += cells;
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

#[cfg(test)]
mod tests;
