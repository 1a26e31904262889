//! Lines, points and filled areas as SVG.

use super::super::model::{Plot, Series};
use super::super::scale::shares;
use super::super::settings::{Kind, Stacking};
use super::plot::Area;
use super::{Page, again, ink, round};
use crate::number::number_text;
use crate::style::Colour;
use crate::write::escape;

/// Marks with a tooltip of their own at most; a picture of more points tells its numbers in the description alone.
const MOST_MARKS: usize = 3000;
/// Places of a line whose points are seen without being asked for.
const FEW_PLACES: usize = 25;

/// Dashes of a line whose colour was met before.
const DASHES: [&str; 5] = ["", "7 4", "2 4", "10 4 2 4", "4 4"];

/// The series as lines, or as points alone for a scatter.
pub fn lines(page: &mut Page, plot: &Plot, area: &Area) {
    let shares = shares(&plot.xs);
    for (at, one) in plot.series.iter().enumerate() {
        let points = points(one, &shares, area, |_, value| value);
        page.add(&format!("<g {}>", ink(one.colour)));
        if plot.kind != Kind::Scatter && points.len() > 1 {
            line(page, &points, dash(plot, at));
        }
        marks(page, plot, at, &points);
        page.add("</g>");
    }
}

/// The series filled to the base, or to the series below them.
pub fn areas(page: &mut Page, plot: &Plot, fills: &[String], area: &Area) {
    let shares = shares(&plot.xs);
    let stacked = plot.stacking != Stacking::None;
    let mut base = vec![0.0; plot.xs.len()];
    for (at, one) in plot.series.iter().enumerate() {
        // Missing values count as nothing in a stack; else the area goes straight on to the next value.
        let whole = Series {
            values: one.values.iter().map(|value| Some(value.unwrap_or(0.0))).collect(),
            ..one.clone()
        };
        let one = if stacked { &whole } else { one };
        let top = points(one, &shares, area, |place, value| base[place] + value);
        let under: Vec<String> = top
            .iter()
            .rev()
            .map(|point| format!("{},{}", round(point.x), round(area.y(base[point.place]))))
            .collect();
        let over: Vec<String> =
            top.iter().map(|point| format!("{},{}", round(point.x), round(point.y))).collect();
        page.add(&format!("<g {}>", ink(one.colour)));
        page.add(&format!(
            "<polygon fill=\"{}\" fill-opacity=\"{}\" points=\"{} {}\"><title>{}</title></polygon>",
            fills[at],
            if stacked { 0.6 } else { 0.2 },
            over.join(" "),
            under.join(" "),
            escape(&one.name)
        ));
        if top.len() > 1 {
            line(page, &top, dash(plot, at));
        }
        marks(page, plot, at, &top);
        page.add("</g>");
        if stacked {
            base.iter_mut().zip(&one.values).for_each(|(sum, value)| *sum += value.unwrap_or(0.0));
        }
    }
}

/// The sign of a series in the legend.
pub fn key(plot: &Plot, series: usize) -> String {
    let one = &plot.series[series];
    let mark = mark(series, (5.5, 5.5), 3.5, "", "");
    if plot.kind == Kind::Scatter {
        return format!("<g {}>{mark}</g>", ink(one.colour));
    }
    format!(
        "<path {} d=\"M-2 5.5H13\" stroke=\"currentColor\" stroke-width=\"2.5\" stroke-dasharray=\"{}\"/>",
        ink(one.colour),
        dash(plot, series)
    )
}

fn dash(plot: &Plot, series: usize) -> &'static str {
    let colours: Vec<Colour> = plot.series.iter().map(|one| one.colour).collect();
    DASHES[again(&colours, series) % DASHES.len()]
}

/// A value and where it stands.
struct Point {
    place: usize,
    x: f64,
    y: f64,
}

fn points(one: &Series, shares: &[f64], area: &Area, level: impl Fn(usize, f64) -> f64) -> Vec<Point> {
    let known = one.values.iter().enumerate().filter_map(|(place, value)| Some((place, (*value)?)));
    known
        .map(|(place, value)| Point {
            place,
            x: area.left + shares[place] * area.width,
            y: area.y(level(place, value)),
        })
        .collect()
}

fn line(page: &mut Page, points: &[Point], dash: &str) {
    let path: Vec<String> =
        points.iter().map(|point| format!("{},{}", round(point.x), round(point.y))).collect();
    let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
    page.add(&format!(
        "<polyline fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linejoin=\"round\" \
         stroke-linecap=\"round\"{dash} points=\"{}\"/>",
        path.join(" ")
    ));
}

/// A mark on each value: seen where points are wanted, few or alone, else only met by the pointer.
fn marks(page: &mut Page, plot: &Plot, series: usize, points: &[Point]) {
    let scatter = plot.kind == Kind::Scatter;
    let seen = scatter || plot.points || points.len() == 1 || plot.xs.len() <= FEW_PLACES;
    if !seen && plot.xs.len() * plot.series.len() > MOST_MARKS {
        return;
    }
    let few = plot.kind != Kind::Area || plot.points || points.len() == 1;
    let (radius, more) = match (scatter || points.len() == 1, seen && few) {
        (true, _) => (4.0, if scatter { " fill-opacity=\"0.8\"" } else { "" }),
        (false, true) => (3.0, ""),
        (false, false) => (6.0, " fill-opacity=\"0\""),
    };
    for point in points {
        let value = plot.series[series].values[point.place].unwrap_or(0.0);
        let value = number_text(value, &plot.y_format);
        let tip = format!("{}, {}: {value}", plot.series[series].name, plot.xs[point.place].label());
        // Lines are told apart by themselves; points alone need a shape each.
        let shape = if scatter { series } else { 0 };
        let markup = mark(shape, (point.x, point.y), radius, more, &escape(&tip));
        page.add(&markup);
    }
}

/// A mark of the series' own shape with a tooltip (escaped already).
fn mark(series: usize, (x, y): (f64, f64), r: f64, more: &str, tip: &str) -> String {
    let (element, shape) = match series % 4 {
        0 => ("circle", format!("cx=\"{}\" cy=\"{}\" r=\"{r}\"", round(x), round(y))),
        1 => {
            let side = 2.0 * r;
            (
                "rect",
                format!("x=\"{}\" y=\"{}\" width=\"{side}\" height=\"{side}\"", round(x - r), round(y - r)),
            )
        }
        2 => ("path", format!("d=\"M{} {}l{r} {}h-{}z\"", round(x), round(y - r), 2.0 * r, 2.0 * r)),
        _ => ("path", format!("d=\"M{} {}l{r} {r}l-{r} {r}l-{r} -{r}z\"", round(x), round(y - r))),
    };
    format!("<{element} {shape} fill=\"currentColor\"{more}><title>{tip}</title></{element}>")
}
