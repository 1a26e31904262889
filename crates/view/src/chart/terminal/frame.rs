//! The axes around a drawing: labels of values on the left, labels of places below.

use super::super::axis::number_marks;
use super::super::model::Plot;
use super::clean;
use crate::number::{NumberFormat, Unit, number_text};
use crate::style::Style;
use crate::text::{fit, width};

/// The vertical axis: its range, ended by round marks, and their texts.
pub struct Scale {
    /// The value at the bottom edge.
    pub low: f64,
    /// The value at the top edge.
    pub high: f64,
    marks: Vec<(f64, String)>,
    /// Cells of the longest text.
    pub label_width: usize,
}

/// The scale of a plot on that many rows.
pub fn scale(plot: &Plot, height: usize) -> Scale {
    let (low, high) = plot.y_extent();
    let values = number_marks(low, high, (height / 2).clamp(2, 6));
    let low = plot.y_range.0.unwrap_or(values[0]);
    let high = plot.y_range.1.unwrap_or(values[values.len() - 1]);
    let high = if high > low { high } else { low + 1.0 };
    let format = axis_format(plot, &values);
    let inside = values.iter().filter(|value| **value >= low && **value <= high);
    let marks: Vec<(f64, String)> = inside.map(|value| (*value, number_text(*value, &format))).collect();
    let label_width = marks.iter().map(|(_, text)| width(text)).max().unwrap_or(0);
    Scale { low, high, marks, label_width }
}

/// Few digits, unless the marks are closer than those would show.
fn axis_format(plot: &Plot, marks: &[f64]) -> NumberFormat {
    let step = marks.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
    let fine = if step > 0.0 && step < 1.0 { (-step.log10()).ceil().clamp(0.0, 9.0) as usize } else { 0 };
    match plot.y_format.unit {
        Unit::Plain => {
            let unit = if fine == 0 { Unit::Count } else { Unit::Plain };
            NumberFormat { unit, digits: (0, fine.max(1)), grouping: true }
        }
        Unit::Percent | Unit::Count | Unit::Rate | Unit::Bytes { .. } | Unit::Duration(_) => plot.y_format,
    }
}

impl Scale {
    /// The share of the height at which a value stands: 0 at the bottom, 1 at the top; values outside are held.
    pub fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Puts the axis and its labels to the left of the rows, and the horizontal axis below them.
    pub fn frame(&self, rows: Vec<String>, across: usize, style: &Style) -> Vec<String> {
        let height = rows.len();
        let mut labels = vec![""; height + 1];
        for (value, text) in &self.marks {
            // A mark names the cell whose top edge it is, so that a bar that reaches it fills that cell.
            let up = (self.share(*value) * height as f64).round() as usize;
            labels[height - up.min(height)] = text;
        }
        let mut out = Vec::with_capacity(height + 1);
        for (at, row) in rows.into_iter().enumerate() {
            let label = fit(labels[at], self.label_width, true, style.unicode);
            let edge = match (labels[at].is_empty(), style.unicode) {
                (true, true) => '│',
                (false, true) => '┤',
                (true, false) => '|',
                (false, false) => '+',
            };
            out.push(format!("{label} {edge}{row}"));
        }
        let label = fit(labels[height], self.label_width, true, style.unicode);
        let line = style.glyph("─", "-").repeat(across);
        out.push(format!("{label} {}{line}", style.glyph("└", "+")));
        out
    }
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
