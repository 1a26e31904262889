//! Bars from the base up, beside one another or stacked.

use super::super::axis::{time_marks, time_step_label};
use super::super::model::Plot;
use super::super::scale::Scale;
use super::super::settings::Stacking;
use super::super::x::X;
use super::canvas::Canvas;
use super::fill;
use super::frame::{below, framed, label_width, scale, threshold};
use crate::style::Style;
use crate::text::width;

/// Whether the series of a plot stand beside one another.
pub fn side_by_side(plot: &Plot) -> bool {
    plot.stacking == Stacking::None
}

/// Cells of a place and of one bar in it.
struct Slots {
    place: usize,
    bar: usize,
}

/// The plot, or nothing where the places do not fit in the width or their names not under the bars.
pub fn columns(plot: &Plot, style: &Style, height: usize) -> Option<Vec<String>> {
    let scale = scale(plot, height);
    let indent = label_width(&scale) + 2;
    let room = style.width.checked_sub(indent).filter(|room| *room >= 8)?;
    let labels = labels(plot);
    let widest = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let named = plot.xs.iter().any(|x| matches!(x, X::Text(_)));
    let slots = slots(plot, room, widest, named)?;
    let across = slots.place * plot.xs.len();
    let mut canvas = Canvas::new(across, height);
    for at in 0..plot.xs.len() {
        if side_by_side(plot) {
            for (series, one) in plot.series.iter().enumerate() {
                if let Some(value) = one.values[at] {
                    let left = at * slots.place + series * slots.bar;
                    let whole = Piece { left, cells: slots.bar, from: 0.0, to: value, series };
                    upright(&mut canvas, &scale, height, &whole, plot, style);
                }
            }
        } else {
            stack(&mut canvas, &scale, height, plot, at, &slots, style);
        }
    }
    threshold(&mut canvas, plot, &scale, (across, height), style);
    let mut out = framed(&scale, canvas.rows(style), across, style);
    let drawn = slots.place - if slots.place > slots.bar { 1 } else { 0 };
    let centre = |at: usize| at * slots.place + drawn / 2;
    let every: Vec<(usize, String)> = labels.into_iter().enumerate().collect();
    let marks = if widest < slots.place { every } else { round_times(plot, across / 12).unwrap_or(every) };
    let centred: Vec<(usize, String)> = marks.into_iter().map(|(at, label)| (centre(at), label)).collect();
    out.push(below(&centred, indent, room, style));
    Some(out)
}

/// The texts under the places; instants as fine as the distance between them asks.
fn labels(plot: &Plot) -> Vec<String> {
    let step = plot.xs.windows(2).filter_map(|pair| match pair {
        [X::Time(a), X::Time(b)] if b > a => Some(b - a),
        _ => None,
    });
    let step = step.min().unwrap_or(1);
    let label = |x: &X| match x {
        X::Time(ticks) => time_step_label(*ticks, step),
        X::Span(_) | X::Number(_) | X::Text(_) => x.label(),
    };
    plot.xs.iter().map(label).collect()
}

/// The places that stand at round instants, with their texts; nothing where the places are no instants, or none of
/// them is round.
fn round_times(plot: &Plot, wanted: usize) -> Option<Vec<(usize, String)>> {
    let (Some(X::Time(low)), Some(X::Time(high))) = (plot.xs.first(), plot.xs.last()) else { return None };
    let marks = time_marks(*low, *high, wanted.max(1)).into_iter();
    let places =
        marks.filter_map(|(at, label)| Some((plot.xs.iter().position(|x| *x == X::Time(at))?, label)));
    let places: Vec<(usize, String)> = places.collect();
    (places.len() > 1).then_some(places)
}

fn slots(plot: &Plot, room: usize, widest: usize, named: bool) -> Option<Slots> {
    let bars = if side_by_side(plot) { plot.series.len() } else { 1 };
    let most = room / plot.xs.len();
    if named && widest + 1 > most {
        return None;
    }
    if bars == 1 && most < 2 {
        return (most == 1).then_some(Slots { place: 1, bar: 1 });
    }
    let bar = (most.saturating_sub(1) / bars).min(if bars == 1 { 8 } else { 4 });
    if bar == 0 {
        return None;
    }
    let place = (bar * bars + 1).max(if named { widest + 1 } else { 0 });
    Some(Slots { place, bar: if named && bars == 1 { bar.max(2).min(place - 1) } else { bar } })
}

/// A bar, or a piece of one.
struct Piece {
    left: usize,
    cells: usize,
    from: f64,
    to: f64,
    series: usize,
}

/// Draws a piece; its filling is the series', and only the solid one ends in eighths of a cell.
fn upright(canvas: &mut Canvas, scale: &Scale, height: usize, piece: &Piece, plot: &Plot, style: &Style) {
    const EIGHTHS: [char; 7] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'];
    let rows = |value: f64| scale.share(value) * height as f64;
    let (low, high) = (rows(piece.from.min(piece.to)), rows(piece.from.max(piece.to)));
    let c = fill(piece.series, style);
    let colour = plot.series[piece.series].colour;
    let eighths = c == '█' && piece.from == 0.0 && piece.to > 0.0 && low == low.trunc();
    let mut tip = None;
    let (first, mut last) = (low.round() as usize, high.round() as usize);
    if eighths {
        let parts = ((high - low) * 8.0).round() as usize;
        let parts = if piece.to > 0.0 { parts.max(1) } else { parts };
        last = first + parts / 8;
        tip = (parts % 8 > 0).then(|| EIGHTHS[parts % 8 - 1]);
    } else if piece.from != piece.to && last == first {
        last = first + 1;
    }
    for column in piece.left..piece.left + piece.cells {
        for row in first..last.min(height) {
            canvas.put(column, height - 1 - row, c, colour);
        }
        if let Some(tip) = tip.filter(|_| last < height) {
            canvas.put(column, height - 1 - last, tip, colour);
        }
    }
}

/// The series on top of one another, above zero upwards and below zero downwards, in whole rows so that they meet. A
/// place with one series only is drawn as a bar of its own; a piece too thin for a row is left to the others.
fn stack(
    canvas: &mut Canvas,
    scale: &Scale,
    height: usize,
    plot: &Plot,
    at: usize,
    slots: &Slots,
    style: &Style,
) {
    let left = at * slots.place;
    let present = || {
        let values =
            plot.series.iter().enumerate().map(|(series, one)| (series, one.values[at].unwrap_or(0.0)));
        values.filter(|(_, value)| *value != 0.0)
    };
    if present().count() == 1 {
        for (series, to) in present() {
            let piece = Piece { left, cells: slots.bar, from: 0.0, to, series };
            upright(canvas, scale, height, &piece, plot, style);
        }
        return;
    }
    let row = |value: f64| (scale.share(value) * height as f64).round() as usize;
    let (mut above, mut under): (f64, f64) = (0.0, 0.0);
    for (series, value) in present() {
        let from = if value < 0.0 { &mut under } else { &mut above };
        let to = *from + value;
        for at in row(from.min(to))..row(from.max(to)) {
            for column in left..left + slots.bar {
                canvas.put(
                    column,
                    height - 1 - at.min(height - 1),
                    fill(series, style),
                    plot.series[series].colour,
                );
            }
        }
        *from = to;
    }
}
