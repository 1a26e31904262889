//! Lines and points in braille, and filled areas.

use super::super::model::{Plot, Series};
use super::super::scale::{Scale, shares, x_marks};
use super::super::settings::{Kind, Stacking};
use super::canvas::{Canvas, Dots, line};
use super::frame::{below, framed, label_width, scale, threshold};
use super::{fill, mark};
use crate::style::Style;

/// Whether an area is drawn filled: stacked ones, and one alone; several over one another are drawn as lines, since
/// one would hide the other.
pub fn fills(plot: &Plot) -> bool {
    plot.stacking != Stacking::None || plot.series.len() == 1
}

/// Cells across for a drawing beside its labels.
fn room(scale: &Scale, style: &Style) -> usize {
    style.width.saturating_sub(label_width(scale) + 2).max(8)
}

/// The series as lines, or as points alone for a scatter.
pub fn lines(plot: &Plot, style: &Style, height: usize) -> Vec<String> {
    let scale = scale(plot, height);
    let across = room(&scale, style);
    let shares = shares(&plot.xs);
    let mut dots = Dots::new(across, height);
    let (dots_across, dots_down) = (across * 2 - 1, height * 4 - 1);
    let place = |share: f64, value: f64| {
        let up = (scale.share(value) * dots_down as f64).round() as usize;
        ((share * dots_across as f64).round() as usize, dots_down - up)
    };
    for series in &plot.series {
        let points: Vec<_> = known(series, &shares).map(|(share, value)| place(share, value)).collect();
        if plot.kind == Kind::Scatter {
            points.iter().for_each(|(x, y)| dots.set(*x, *y, series.colour));
        } else {
            points.windows(2).for_each(|pair| line(pair[0], pair[1], |x, y| dots.set(x, y, series.colour)));
        }
    }
    let mut canvas = Canvas::new(across, height);
    dots.copy_to(&mut canvas, style);
    for (at, series) in plot.series.iter().enumerate() {
        let points = known(series, &shares).map(|(share, value)| place(share, value));
        put_marks(&mut canvas, plot, at, points.map(|(x, y)| (x / 2, y / 4)).collect(), style);
    }
    threshold(&mut canvas, plot, &scale, (across, height), style);
    let mut out = framed(&scale, canvas.rows(style), across, style);
    out.push(x_labels(plot, label_width(&scale), across, style));
    out
}

/// The values a series has, with their places across.
fn known<'a>(series: &'a Series, shares: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + 'a {
    shares.iter().zip(&series.values).filter_map(|(share, value)| Some((*share, (*value)?)))
}

/// Marks on some points of a series, so that lines can be told apart without colour: all of a scatter of several
/// series and of lines whose points are wanted, those at least ten cells apart on lines of several series, and a point
/// that has no line.
fn put_marks(canvas: &mut Canvas, plot: &Plot, at: usize, points: Vec<(usize, usize)>, style: &Style) {
    let several = plot.series.len() > 1;
    let scatter = plot.kind == Kind::Scatter;
    let alone = points.len() == 1;
    let ascii = !style.unicode;
    if !(several || alone || ascii || plot.points) {
        return;
    }
    let mut before: Option<usize> = None;
    let last = points.len().saturating_sub(1);
    for (place, (column, row)) in points.into_iter().enumerate() {
        let far = before.is_none_or(|before| column >= before + 10);
        if scatter || ascii || plot.points || far || place == last {
            canvas.put(column, row, mark(at, style), plot.series[at].colour);
            before = Some(column);
        }
    }
}

/// Filled areas: a column of cells for each cell across, its values taken on the straight line between neighbours.
pub fn area(plot: &Plot, style: &Style, height: usize) -> Vec<String> {
    const EIGHTHS: [char; 7] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'];
    let scale = scale(plot, height);
    let across = room(&scale, style);
    let shares = shares(&plot.xs);
    let mut canvas = Canvas::new(across, height);
    for column in 0..across {
        let share = if shares.len() == 1 { 0.5 } else { column as f64 / (across - 1) as f64 };
        let mut base: f64 = 0.0;
        for (at, series) in plot.series.iter().enumerate() {
            let Some(value) = between(series, &shares, share, plot.stacking != Stacking::None) else {
                continue;
            };
            let rows = |value: f64| scale.share(value) * height as f64;
            let (from, to) = (rows(base.min(base + value)), rows(base.max(base + value)));
            let (first, mut last) = (from.round() as usize, to.round() as usize);
            let c = fill(at, style);
            if plot.series.len() == 1 && c == '█' && base == 0.0 && value > 0.0 {
                let parts = ((to - first as f64) * 8.0).round().max(1.0) as usize;
                last = first + parts / 8;
                if !parts.is_multiple_of(8) && last < height {
                    canvas.put(column, height - 1 - last, EIGHTHS[parts % 8 - 1], series.colour);
                }
            }
            for row in first..last.min(height) {
                canvas.put(column, height - 1 - row, c, series.colour);
            }
            base += value;
        }
    }
    threshold(&mut canvas, plot, &scale, (across, height), style);
    let mut out = framed(&scale, canvas.rows(style), across, style);
    out.push(x_labels(plot, label_width(&scale), across, style));
    out
}

/// The value of a series at a share of the width: between its neighbours on a straight line; a missing value is zero
/// in a stack, else passed over. Nothing outside what the series has.
fn between(series: &Series, shares: &[f64], at: f64, stacked: bool) -> Option<f64> {
    let mut before: Option<(f64, f64)> = None;
    for (share, value) in shares.iter().zip(&series.values) {
        let value = match value {
            Some(value) => *value,
            None if stacked => 0.0,
            None => continue,
        };
        if *share >= at {
            return match before {
                Some((from, start)) if *share > from => {
                    Some(start + (value - start) * (at - from) / (share - from))
                }
                Some(_) => Some(value),
                None => (*share - at < 1e-9).then_some(value),
            };
        }
        before = Some((*share, value));
    }
    None
}

/// The line of labels under the axis.
fn x_labels(plot: &Plot, label_width: usize, across: usize, style: &Style) -> String {
    let cell = |share: f64| (share * (across - 1) as f64).round() as usize;
    let marks = x_marks(&plot.xs, (across / 14).max(1));
    let labels: Vec<(usize, String)> = marks.into_iter().map(|(share, text)| (cell(share), text)).collect();
    below(&labels, label_width + 2, across, style)
}
