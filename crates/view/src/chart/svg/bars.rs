//! Bars as SVG, upright and from left to right, beside one another or stacked.

use super::super::model::Plot;
use super::super::settings::Stacking;
use super::plot::Area;
use super::{Anchor, Page, ink, round, text_width};
use crate::number::number_text;
use crate::text::shorten;
use crate::write::escape;

/// Places of bars from left to right drawn at most.
const MOST_LYING: usize = 100;

/// A bar, or a piece of one.
#[derive(Clone, Copy)]
struct Piece {
    from: f64,
    to: f64,
    /// Which of the bars at its place.
    place: usize,
    /// Whether nothing stands on it.
    outermost: bool,
}

/// The pieces at each place, a slot for each series.
fn pieces(plot: &Plot, at: usize) -> Vec<Option<Piece>> {
    if plot.stacking == Stacking::None {
        let values = plot.series.iter().enumerate();
        return values
            .map(|(place, one)| one.values[at].map(|to| Piece { from: 0.0, to, place, outermost: true }))
            .collect();
    }
    let (mut above, mut under): (f64, f64) = (0.0, 0.0);
    let mut found: Vec<Option<Piece>> = plot
        .series
        .iter()
        .map(|one| {
            let value = one.values[at]?;
            let base = if value < 0.0 { &mut under } else { &mut above };
            let from = *base;
            *base += value;
            Some(Piece { from, to: *base, place: 0, outermost: false })
        })
        .collect();
    for up in [true, false] {
        let last = found
            .iter_mut()
            .rev()
            .flatten()
            .find(|piece| piece.from != piece.to && (piece.to > piece.from) == up);
        if let Some(piece) = last {
            piece.outermost = true;
        }
    }
    found
}

/// How many bars stand at a place.
fn beside(plot: &Plot) -> usize {
    if plot.stacking == Stacking::None { plot.series.len() } else { 1 }
}

/// `series, place: value`.
fn tip(plot: &Plot, series: usize, at: usize) -> String {
    format!("{}, {}: {}", plot.series[series].name, plot.xs[at].label(), value_text(plot, series, at))
}

/// The number of a series at a place, as the model has it.
fn value_text(plot: &Plot, series: usize, at: usize) -> String {
    plot.series[series].values[at].map_or(String::new(), |value| number_text(value, &plot.y_format))
}

/// Calls `draw` for each piece, series by series, each series in a group of its colour.
fn by_series(page: &mut Page, plot: &Plot, places: usize, draw: impl Fn(usize, usize, Piece) -> String) {
    let all: Vec<Vec<Option<Piece>>> = (0..places).map(|at| pieces(plot, at)).collect();
    for (series, one) in plot.series.iter().enumerate() {
        page.add(&format!("<g {}>", ink(one.colour)));
        for (at, pieces) in all.iter().enumerate() {
            if let Some(piece) = pieces[series] {
                let markup = draw(series, at, piece);
                page.add(&markup);
            }
        }
        page.add("</g>");
    }
}

/// Bars from the base up.
pub fn upright(page: &mut Page, plot: &Plot, fills: &[String], area: &Area) {
    let slot = area.width / plot.xs.len() as f64;
    let count = beside(plot) as f64;
    let bar = (slot * if count > 1.0 { 0.84 } else { 0.72 } / count).min(56.0);
    // Bars beside each other, and pieces on each other, have a thin gap where there is room for one.
    let gap = if count > 1.0 && bar > 5.0 { 1.0 } else { 0.0 };
    by_series(page, plot, plot.xs.len(), |series, at, piece| {
        let left = area.left + at as f64 * slot + (slot - bar * count) / 2.0 + piece.place as f64 * bar;
        let (top, bottom) = (area.y(piece.from.max(piece.to)), area.y(piece.from.min(piece.to)));
        let inner = if piece.outermost || bottom - top < 3.0 { 0.0 } else { 1.0 };
        let up = piece.to >= piece.from;
        let (top, bottom) = if up { (top + inner, bottom) } else { (top, bottom - inner) };
        let radius = if piece.outermost { 3.0 } else { 0.0 };
        let path = rounded((left, top), ((bar - gap).max(0.3), (bottom - top).max(0.0)), radius, up);
        let tip = escape(&tip(plot, series, at));
        format!("<path d=\"{path}\" fill=\"{}\"><title>{tip}</title></path>", fills[series])
    });
}

/// A rectangle whose outer corners are round.
fn rounded((x, y): (f64, f64), (w, h): (f64, f64), radius: f64, up: bool) -> String {
    let r = radius.min(w / 2.0).min(h);
    let (w, h, x, y) = (w, h, round(x), if up { y + h } else { y });
    let (across, down) = (round(w - 2.0 * r), round(h - r));
    let (sweep, sign) = if up { (1, "-") } else { (0, "") };
    let back = if up { "" } else { "-" };
    let r = round(r);
    // From the base outwards, across, and back to the base.
    format!(
        "M{x} {}v{sign}{down}a{r} {r} 0 0 {sweep} {r} {sign}{r}h{across}a{r} {r} 0 0 {sweep} {r} {back}{r}v{back}{down}z",
        round(y)
    )
}

/// Bars from left to right, with the names on the left and the numbers at the ends; gives where they end.
pub fn lying(page: &mut Page, plot: &Plot, fills: &[String]) -> f64 {
    let count = beside(plot);
    let places = plot.xs.len().min(MOST_LYING);
    let names: Vec<String> =
        plot.xs[..places].iter().map(|x| shorten(&x.label(), 30, true).into_owned()).collect();
    let left = 18.0 + names.iter().map(|name| text_width(name, 11.0)).fold(0.0, f64::max);
    let area_width = (page.width - left - 80.0).max(40.0);
    let bar = if count == 1 { 18.0 } else { 13.0 };
    let slot = bar * count as f64 + 9.0;
    let (low, high) = plot.y_extent();
    let x = |value: f64| left + (value.clamp(low, high) - low) / (high - low) * area_width;
    let top = page.top + 4.0;
    let bottom = top + slot * places as f64;
    by_series(page, plot, places, |series, at, piece| {
        let y = top + at as f64 * slot + 4.5 + piece.place as f64 * bar;
        let (start, end) = (x(piece.from.min(piece.to)), x(piece.from.max(piece.to)));
        let gap = if piece.outermost || end - start < 3.0 { 0.0 } else { 1.0 };
        format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"{}\"><title>{}</title></rect>",
            round(start),
            round(y),
            round((end - start - gap).max(0.0)),
            round(bar - 1.5),
            if piece.outermost { 2.5 } else { 0.0 },
            fills[series],
            escape(&tip(plot, series, at))
        )
    });
    for (at, name) in names.iter().enumerate() {
        let y = top + at as f64 * slot;
        page.label(left - 8.0, y + slot / 2.0 + 4.0, Anchor::End, name);
        for (series, piece) in pieces(plot, at).into_iter().enumerate() {
            if let (Some(piece), Stacking::None) = (piece, plot.stacking) {
                let down = y + 4.5 + (piece.place as f64 + 0.5) * bar + 3.5;
                page.label(x(piece.to.max(0.0)) + 6.0, down, Anchor::Start, &value_text(plot, series, at));
            }
        }
    }
    page.rule((x(0.0), top), (x(0.0), bottom), true);
    if places < plot.xs.len() {
        page.label(
            left,
            bottom + 14.0,
            Anchor::Start,
            &format!("({places} of {} places drawn)", plot.xs.len()),
        );
        return bottom + 24.0;
    }
    bottom + 8.0
}
