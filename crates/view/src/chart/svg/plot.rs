//! Plots as SVG: the axes around the marks, and the legend below. The marks are drawn by `bars` and `lines`.

use super::super::model::Plot;
use super::super::scale::{Scale, scale};
use super::super::settings::Kind;
use super::labels::{Labels, TURN, labels};
use super::{Anchor, Page, bars, lines, round, square, text_width};
use crate::number::number_text;
use crate::style::Colour;
use crate::text::shorten;
use crate::write::escape;

/// The rectangle that values are drawn in, and the scale of its height.
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    pub scale: Scale,
}

impl Area {
    /// The lower edge.
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// The unit down at which a value stands.
    pub fn y(&self, value: f64) -> f64 {
        self.bottom() - self.scale.share(value) * self.height
    }
}

/// Draws a plot; gives the height of the picture.
pub fn draw(page: &mut Page, plot: &Plot, height: f64) -> f64 {
    if plot.xs.is_empty() || plot.series.is_empty() {
        page.label(16.0, page.top + 20.0, Anchor::Start, "no rows");
        return page.top + 36.0;
    }
    let colours: Vec<Colour> = plot.series.iter().map(|series| series.colour).collect();
    let fills = page.fills(&colours);
    let (mut end, left) = match plot.kind {
        Kind::Bar => (bars::lying(page, plot, &fills), 10.0),
        Kind::Line | Kind::Area | Kind::Column | Kind::Scatter | Kind::Pie | Kind::Card => {
            upright(page, plot, &fills, height)
        }
    };
    if plot.legend && plot.series.len() > 1 {
        let drawn = matches!(plot.kind, Kind::Line | Kind::Scatter);
        let key = |at: usize| {
            if drawn { lines::key(plot, at) } else { square(plot.series[at].colour, &fills[at]) }
        };
        let entries = plot.series.iter().enumerate().map(|(at, series)| (series.name.clone(), key(at)));
        end += page.legend(end + 4.0, left, entries.collect()) + 4.0;
    }
    for note in &plot.notes {
        page.label(left, end + 12.0, Anchor::Start, &format!("({note})"));
        end += 16.0;
    }
    end + 4.0
}

/// All kinds but bars from left to right; gives where the axis ends, and its left edge.
fn upright(page: &mut Page, plot: &Plot, fills: &[String], height: f64) -> (f64, f64) {
    let scale = scale(plot, 5);
    let widest = scale.marks.iter().map(|(_, text)| text_width(text, 11.0)).fold(0.0, f64::max);
    let left = 18.0 + widest;
    let top = page.top + if plot.y_title.is_empty() { 6.0 } else { 22.0 };
    let width = (page.width - left - 18.0).max(40.0);
    let below = labels(plot, left, width);
    let x_title = if plot.x_title.is_empty() { 0.0 } else { 18.0 };
    let room = (height - top - below.height() - x_title).max(60.0);
    let area = Area { left, top, width, height: room, scale };
    if !plot.y_title.is_empty() {
        page.label(10.0, page.top + 8.0, Anchor::Start, &shorten(&plot.y_title, 60, true));
    }
    for (value, text) in &area.scale.marks {
        let y = area.y(*value);
        page.rule((area.left, y), (area.left + area.width, y), *value == 0.0);
        page.label(area.left - 8.0, y + 4.0, Anchor::End, text);
    }
    match plot.kind {
        Kind::Column | Kind::Bar => bars::upright(page, plot, fills, &area),
        Kind::Area => lines::areas(page, plot, fills, &area),
        Kind::Line | Kind::Scatter | Kind::Pie | Kind::Card => lines::lines(page, plot, &area),
    }
    threshold(page, plot, &area);
    x_axis(page, &below, &area);
    let end = area.bottom() + below.height();
    if !plot.x_title.is_empty() {
        let middle = area.left + area.width / 2.0;
        page.label(middle, end + 12.0, Anchor::Middle, &shorten(&plot.x_title, 80, true));
    }
    (end + x_title, left)
}

/// The line across, with its value at its right end.
fn threshold(page: &mut Page, plot: &Plot, area: &Area) {
    let Some(at) = plot.threshold else { return };
    let (y, left, right) = (area.y(at), area.left, area.left + area.width);
    let text = escape(&number_text(at, &plot.y_format));
    page.add(&format!(
        "<g class=\"threshold\"><g {}><line x1=\"{}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\" stroke=\"currentColor\" \
         stroke-width=\"1.5\" stroke-dasharray=\"6 4\"><title>threshold {text}</title></line>\
         <text x=\"{}\" y=\"{}\" text-anchor=\"end\" font-size=\"11\" fill=\"currentColor\">{text}</text></g></g>",
        super::ink(Colour::Red),
        round(left),
        round(right),
        round(right - 2.0),
        round(area.y(at) - 4.0),
        y = round(y),
    ));
}

/// Texts under the axis, each with a short line up to it.
fn x_axis(page: &mut Page, below: &Labels, area: &Area) {
    let (left, bottom) = (area.left, area.bottom());
    for (share, text) in &below.marks {
        let x = left + share * area.width;
        page.rule((x, bottom), (x, bottom + 4.0), true);
        if below.turned {
            let (x, y, text) = (round(x + 3.0), round(bottom + 15.0), escape(text));
            page.add(&format!(
                "<text class=\"label\" transform=\"translate({x} {y}) rotate(-{TURN})\" text-anchor=\"end\" \
                 font-size=\"11\" fill=\"currentColor\" fill-opacity=\"0.75\">{text}</text>"
            ));
        } else {
            // A text at an edge stays within the picture.
            let half = text_width(text, 11.0) / 2.0;
            let x = x.min(page.width - half - 2.0).max(half + 2.0);
            page.label(x, bottom + 18.0, Anchor::Middle, text);
        }
    }
}
