//! Plots as SVG: bars, columns, lines, areas and points, with axes and a legend.

use super::super::model::Plot;
use super::super::scale::{Scale, scale, shares, x_marks};
use super::super::settings::{Kind, Stacking};
use super::{Anchor, Key, Page, round};
use crate::number::number_text;
use crate::text::{shorten, width};

/// The rectangle that values are drawn in.
struct Area {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Area {
    fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// The unit down at which a value stands.
    fn y(&self, scale: &Scale, value: f64) -> f64 {
        self.bottom() - scale.share(value) * self.height
    }
}

/// Draws a plot; gives the height of the picture.
pub fn draw(page: &mut Page, plot: &Plot, height: f64) -> f64 {
    if plot.xs.is_empty() || plot.series.is_empty() {
        page.text(16.0, page.top + 20.0, Anchor::Start, 13, "no rows");
        return page.top + 36.0;
    }
    let fills: Vec<String> =
        plot.series.iter().enumerate().map(|(at, series)| page.fill(at, series.colour)).collect();
    let bottom =
        if plot.kind == Kind::Bar { lying(page, plot, &fills) } else { upright(page, plot, &fills, height) };
    let mut end = bottom;
    if plot.legend && plot.series.len() > 1 {
        let drawn = matches!(plot.kind, Kind::Line | Kind::Scatter);
        let key =
            |at: usize| if drawn { Key::Drawn(line_key(plot, at)) } else { Key::Fill(fills[at].clone()) };
        let entries: Vec<(String, Key)> =
            plot.series.iter().enumerate().map(|(at, series)| (series.name.clone(), key(at))).collect();
        end += page.legend(bottom, &entries);
    }
    for note in &plot.notes {
        page.text(12.0, end + 12.0, Anchor::Start, 11, &format!("({note})"));
        end += 16.0;
    }
    end + 6.0
}

/// All kinds but bars from left to right; gives where the axis labels end.
fn upright(page: &mut Page, plot: &Plot, fills: &[String], height: f64) -> f64 {
    let scale = scale(plot, 5);
    let widest = scale.marks.iter().map(|(_, text)| width(text)).max().unwrap_or(0) as f64;
    let left = 14.0 + 6.6 * widest;
    let top = page.top + if plot.y_title.is_empty() { 4.0 } else { 18.0 };
    let area = Area { left, top, width: page.width - left - 24.0, height: (height - top - 60.0).max(60.0) };
    if !plot.y_title.is_empty() {
        page.text(8.0, page.top + 8.0, Anchor::Start, 11, &shorten(&plot.y_title, 60, true));
    }
    for (value, text) in &scale.marks {
        let y = area.y(&scale, *value);
        page.rule((area.left, y), (area.left + area.width, y), if *value == 0.0 { 0.7 } else { 0.15 });
        page.text(area.left - 6.0, y + 4.0, Anchor::End, 11, text);
    }
    match plot.kind {
        Kind::Column | Kind::Bar => columns(page, plot, fills, &area, &scale),
        Kind::Area => areas(page, plot, fills, &area, &scale),
        Kind::Line | Kind::Scatter | Kind::Pie | Kind::Card => lines(page, plot, &area, &scale),
    }
    x_labels(page, plot, &area);
    page.text(
        area.left + area.width / 2.0,
        area.bottom() + 34.0,
        Anchor::Middle,
        11,
        &shorten(&plot.x_title, 80, true),
    );
    area.bottom() + 42.0
}

/// Texts under the axis, as many as there is room for.
fn x_labels(page: &mut Page, plot: &Plot, area: &Area) {
    let y = area.bottom() + 17.0;
    if plot.kind != Kind::Column {
        for (share, text) in x_marks(&plot.xs, ((area.width / 90.0) as usize).max(1)) {
            page.text(area.left + share * area.width, y, Anchor::Middle, 11, &shorten(&text, 16, true));
        }
        return;
    }
    let slot = area.width / plot.xs.len() as f64;
    let texts: Vec<String> = plot.xs.iter().map(|x| x.label()).collect();
    let widest = texts.iter().map(|text| width(text)).max().unwrap_or(1).min(16) as f64;
    let every = ((widest * 6.6 + 8.0) / slot).ceil().max(1.0) as usize;
    for (at, text) in texts.iter().enumerate().step_by(every) {
        let x = area.left + (at as f64 + 0.5) * slot;
        page.text(x, y, Anchor::Middle, 11, &shorten(text, 16, true));
    }
}

/// `series, place: value`.
fn tip(plot: &Plot, series: usize, at: usize) -> String {
    format!("{}, {}: {}", plot.series[series].name, plot.xs[at].label(), value_text(plot, series, at))
}

/// The number of a series at a place, as the model has it.
fn value_text(plot: &Plot, series: usize, at: usize) -> String {
    plot.series[series].values[at].map_or(String::new(), |value| number_text(value, &plot.y_format))
}

/// The pieces at a place: series, from, to, and which of how many bars beside one another.
fn pieces(plot: &Plot, at: usize) -> Vec<(usize, f64, f64, usize)> {
    let (mut above, mut under): (f64, f64) = (0.0, 0.0);
    let stacked = plot.stacking != Stacking::None;
    let values = plot.series.iter().enumerate().filter_map(|(series, one)| Some((series, one.values[at]?)));
    values
        .map(|(series, value)| {
            if !stacked {
                return (series, 0.0, value, series);
            }
            let base = if value < 0.0 { &mut under } else { &mut above };
            let from = *base;
            *base += value;
            (series, from, *base, 0)
        })
        .collect()
}

fn columns(page: &mut Page, plot: &Plot, fills: &[String], area: &Area, scale: &Scale) {
    let slot = area.width / plot.xs.len() as f64;
    let beside = if plot.stacking == Stacking::None { plot.series.len() } else { 1 };
    let bar = (slot * 0.8 / beside as f64).min(60.0);
    for at in 0..plot.xs.len() {
        let start = area.left + at as f64 * slot + (slot - bar * beside as f64) / 2.0;
        for (series, from, to, place) in pieces(plot, at) {
            let (low, high) = (area.y(scale, from.min(to)), area.y(scale, from.max(to)));
            let corner = (start + place as f64 * bar, high);
            page.rectangle(corner, (bar, low - high), &fills[series], &tip(plot, series, at));
        }
    }
}

/// Bars from left to right, with the names on the left and the numbers at the ends.
fn lying(page: &mut Page, plot: &Plot, fills: &[String]) -> f64 {
    let beside = if plot.stacking == Stacking::None { plot.series.len() } else { 1 };
    let names: Vec<String> = plot.xs.iter().map(|x| shorten(&x.label(), 30, true).into_owned()).collect();
    let left = 14.0 + 6.6 * names.iter().map(|name| width(name)).max().unwrap_or(0) as f64;
    let area_width = (page.width - left - 90.0).max(40.0);
    let bar = if beside == 1 { 16.0 } else { 12.0 };
    let slot = bar * beside as f64 + 8.0;
    let (low, high) = plot.y_extent();
    let x = |value: f64| left + (value.clamp(low, high) - low) / (high - low) * area_width;
    for (at, name) in names.iter().enumerate() {
        let top = page.top + at as f64 * slot;
        page.text(left - 6.0, top + (slot - 8.0) / 2.0 + 4.0, Anchor::End, 11, name);
        for (series, from, to, place) in pieces(plot, at) {
            let y = top + place as f64 * bar;
            let (start, end) = (x(from.min(to)), x(from.max(to)));
            page.rectangle((start, y), (end - start, bar - 1.0), &fills[series], &tip(plot, series, at));
            if plot.stacking == Stacking::None {
                page.text(end + 5.0, y + bar / 2.0 + 4.0, Anchor::Start, 11, &value_text(plot, series, at));
            }
        }
    }
    let bottom = page.top + slot * names.len() as f64;
    page.rule((x(0.0), page.top), (x(0.0), bottom), 0.7);
    bottom + 8.0
}

/// Dashes of the lines of series after the first.
const DASHES: [&str; 5] = ["", "7 3", "2 3", "9 3 2 3", "4 4"];

fn lines(page: &mut Page, plot: &Plot, area: &Area, scale: &Scale) {
    let shares = shares(&plot.xs);
    let x = |at: usize| area.left + shares[at] * area.width;
    for (series, one) in plot.series.iter().enumerate() {
        let points: Vec<(usize, f64)> =
            one.values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?))).collect();
        let hex = one.colour.hex();
        if plot.kind != Kind::Scatter && points.len() > 1 {
            let path: Vec<String> = points
                .iter()
                .map(|(at, value)| format!("{},{}", round(x(*at)), round(area.y(scale, *value))))
                .collect();
            page.add(&format!(
                "<polyline fill=\"none\" stroke=\"{hex}\" stroke-width=\"2\" stroke-dasharray=\"{}\" points=\"{}\"/>",
                DASHES[series % DASHES.len()],
                path.join(" ")
            ));
        }
        for (at, value) in &points {
            let tip = crate::write::escape(&tip(plot, series, *at));
            let radius = if plot.kind == Kind::Scatter || points.len() == 1 { 4.0 } else { 2.5 };
            page.add(&mark(series, (x(*at), area.y(scale, *value)), radius, &hex, &tip));
        }
    }
}

/// The line and mark of a series for the legend.
fn line_key(plot: &Plot, series: usize) -> String {
    let hex = plot.series[series].colour.hex();
    let mark = mark(series, (9.0, 5.5), 3.0, &hex, "");
    if plot.kind == Kind::Scatter {
        return mark;
    }
    let dash = DASHES[series % DASHES.len()];
    format!("<path d=\"M0 5.5H18\" stroke=\"{hex}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>{mark}")
}

/// A mark of the series' own shape with a tooltip (escaped already).
fn mark(series: usize, (x, y): (f64, f64), r: f64, hex: &str, tip: &str) -> String {
    let shape = match series % 4 {
        0 => format!("<circle cx=\"{}\" cy=\"{}\" r=\"{r}\"", round(x), round(y)),
        1 => format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            round(x - r),
            round(y - r),
            2.0 * r,
            2.0 * r
        ),
        2 => format!("<path d=\"M{} {}l{r} {}h-{}z\"", round(x), round(y - r), 2.0 * r, 2.0 * r),
        _ => format!("<path d=\"M{} {}l{r} {r}l-{r} {r}l-{r} -{r}z\"", round(x), round(y - r)),
    };
    let element = shape[1..].split(' ').next().unwrap_or("path").to_owned();
    format!("{shape} fill=\"{hex}\"><title>{tip}</title></{element}>")
}

fn areas(page: &mut Page, plot: &Plot, fills: &[String], area: &Area, scale: &Scale) {
    let shares = shares(&plot.xs);
    let x = |at: usize| round(area.left + shares[at] * area.width);
    let stacked = plot.stacking != Stacking::None;
    let mut base = vec![0.0; plot.xs.len()];
    for (series, one) in plot.series.iter().enumerate() {
        // Missing values count as nothing in a stack; else the area goes straight on to the next value.
        let present: Vec<usize> =
            (0..plot.xs.len()).filter(|at| stacked || one.values[*at].is_some()).collect();
        let top = |at: usize| base[at] + one.values[at].unwrap_or(0.0);
        let over = present.iter().map(|at| format!("{},{}", x(*at), round(area.y(scale, top(*at)))));
        let under = present.iter().rev().map(|at| format!("{},{}", x(*at), round(area.y(scale, base[*at]))));
        let outline: Vec<String> = over.chain(under).collect();
        page.add(&format!(
            "<polygon fill=\"{}\" fill-opacity=\"{}\" stroke=\"{}\" points=\"{}\"><title>{}</title></polygon>",
            fills[series],
            if stacked { 0.85 } else { 0.45 },
            one.colour.hex(),
            outline.join(" "),
            crate::write::escape(&one.name)
        ));
        if stacked {
            let tops: Vec<f64> = (0..plot.xs.len()).map(top).collect();
            base = tops;
        }
    }
}
