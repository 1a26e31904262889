//! The axes around a drawing: labels of values on the left, labels of places below.

use super::super::model::Plot;
use super::super::scale::{self, Scale};
use super::canvas::Canvas;
use super::clean;
use crate::style::{Colour, Style};
use crate::text::{fit, width};

/// The scale of a plot on that many rows.
pub fn scale(plot: &Plot, height: usize) -> Scale {
    scale::scale(plot, (height / 2).clamp(2, 6))
}

/// Cells of the longest label of a scale.
pub fn label_width(scale: &Scale) -> usize {
    scale.marks.iter().map(|(_, text)| width(text)).max().unwrap_or(0)
}

/// Draws the plot's line across, behind what stands there.
pub fn threshold(
    canvas: &mut Canvas,
    plot: &Plot,
    scale: &Scale,
    (across, height): (usize, usize),
    style: &Style,
) {
    let Some(at) = plot.threshold else { return };
    let up = ((scale.share(at) * height as f64).round() as usize).clamp(1, height);
    let (c, _) = threshold_sign(style);
    (0..across).for_each(|column| canvas.put_behind(column, height - up, c, Colour::Red));
}

/// The character of the line across, and the words before its value.
pub fn threshold_sign(style: &Style) -> (char, &'static str) {
    (if style.unicode { '╌' } else { '-' }, "threshold")
}

/// Puts the axis and its labels to the left of the rows, and the horizontal axis below them.
pub fn framed(scale: &Scale, rows: Vec<String>, across: usize, style: &Style) -> Vec<String> {
    let height = rows.len();
    let cells = label_width(scale);
    let mut labels = vec![""; height + 1];
    for (value, text) in &scale.marks {
        // A mark names the cell whose top edge it is, so that a bar that reaches it fills that cell.
        let up = (scale.share(*value) * height as f64).round() as usize;
        labels[height - up.min(height)] = text;
    }
    let mut out = Vec::with_capacity(height + 1);
    for (at, row) in rows.into_iter().enumerate() {
        let label = fit(labels[at], cells, true, style.unicode);
        let edge = match (labels[at].is_empty(), style.unicode) {
            (true, true) => '│',
            (false, true) => '┤',
            (true, false) => '|',
            (false, false) => '+',
        };
        out.push(format!("{label} {edge}{row}"));
    }
    let label = fit(labels[height], cells, true, style.unicode);
    let line = style.glyph("─", "-").repeat(across);
    out.push(format!("{label} {}{line}", style.glyph("└", "+")));
    out
}

/// One line of labels, each centred at its cell (counted from the left edge of the line); one that would touch the
/// one before it is left out.
pub fn below(labels: &[(usize, String)], indent: usize, across: usize, style: &Style) -> String {
    let mut line = String::new();
    let mut used = 0;
    for (centre, text) in labels {
        let text = clean(text, across, style);
        let cells = width(&text);
        let start = centre.saturating_sub(cells / 2).min(across.saturating_sub(cells));
        if used > 0 && start <= used {
            continue;
        }
        line.push_str(&" ".repeat(start.saturating_sub(used)));
        line.push_str(&text);
        used = start.max(used) + cells;
    }
    format!("{}{line}", " ".repeat(indent))
}
