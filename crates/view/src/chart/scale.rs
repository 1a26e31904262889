//! The axes of a plot, for any painter: the range of values with round marks and their texts, and where places stand
//! across. In: a resolved plot. Out: shares (0 to 1) and texts.

use super::axis::{number_marks, time_marks};
use super::model::Plot;
use super::x::X;
use crate::number::{NumberFormat, Unit, number_text, short_number};

/// The vertical axis: its range, ended by round marks, and their texts.
pub struct Scale {
    /// The value at the bottom edge.
    pub low: f64,
    /// The value at the top edge.
    pub high: f64,
    /// Values within the range and their texts, from the bottom up.
    pub marks: Vec<(f64, String)>,
}

/// The scale of a plot with about that many marks.
pub fn scale(plot: &Plot, wanted: usize) -> Scale {
    let (low, high) = plot.y_extent();
    let values = number_marks(low, high, wanted);
    let low = plot.y_range.0.unwrap_or(values[0]);
    let high = plot.y_range.1.unwrap_or(values[values.len() - 1]);
    let high = if high > low { high } else { low + 1.0 };
    let format = axis_format(plot, &values);
    let inside = values.iter().filter(|value| **value >= low && **value <= high);
    let marks = inside.map(|value| (*value, number_text(*value, &format))).collect();
    Scale { low, high, marks }
}

impl Scale {
    /// The share of the height at which a value stands: 0 at the bottom, 1 at the top; values outside are held.
    pub fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
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

/// Where each place stands across, 0 to 1.
pub fn shares(xs: &[X]) -> Vec<f64> {
    let positions: Option<Vec<f64>> = xs.iter().map(X::position).collect();
    let positions = positions.unwrap_or_else(|| (0..xs.len()).map(|at| at as f64).collect());
    let low = positions.iter().copied().fold(f64::INFINITY, f64::min);
    let high = positions.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let share = |at: f64| if high > low { (at - low) / (high - low) } else { 0.5 };
    positions.into_iter().map(share).collect()
}

/// Marks along the places, about that many: the share of the width and the text of each.
pub fn x_marks(xs: &[X], wanted: usize) -> Vec<(f64, String)> {
    match (xs.first(), xs.last()) {
        (Some(X::Time(low)), Some(X::Time(high))) => {
            let share = |at: i64| if high > low { (at - low) as f64 / (high - low) as f64 } else { 0.5 };
            time_marks(*low, *high, wanted).into_iter().map(|(at, label)| (share(at), label)).collect()
        }
        (Some(X::Number(low)), Some(X::Number(high))) if high > low => {
            let marks = number_marks(*low, *high, wanted).into_iter().filter(|at| at >= low && at <= high);
            marks.map(|at| ((at - low) / (high - low), short_number(at))).collect()
        }
        _ => {
            let every = xs.len().div_ceil(wanted.max(2)).max(1);
            xs.iter().zip(shares(xs)).step_by(every).map(|(x, share)| (share, x.label())).collect()
        }
    }
}
