//! Charts as SVG. In: a resolved `Chart`, a size and an id. Out: one `<svg>` element, for a file or inside a page.
//!
//! It has a title and a description for screen readers, a tooltip on every mark, patterns and dashes besides colours,
//! no script, no style sheet and nothing from outside; all text of the data is escaped. Text and axes take the colour
//! of the text around them (`currentColor`).

mod description;
mod pie;
mod plot;
mod spark;

pub use spark::spark_svg;

use super::model::{Card, Chart};
use crate::style::Colour;
use crate::text::{shorten, width};
use crate::write::escape;
use std::fmt::Write;

/// Size and name of a picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SvgOptions<'a> {
    /// Units across.
    pub width: u32,
    /// Units down; bars from left to right take more where they need it.
    pub height: u32,
    /// Starts the ids of the elements; must differ between the pictures of one page. Letters, digits, `-` and `_`.
    pub id: &'a str,
}

impl Default for SvgOptions<'_> {
    fn default() -> Self {
        SvgOptions { width: 720, height: 360, id: "chart" }
    }
}

/// Draws a chart.
pub fn svg(chart: &Chart, options: &SvgOptions) -> String {
    let id: String =
        options.id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    let mut page = Page { body: String::new(), id, width: f64::from(options.width.max(200)), top: 8.0 };
    let title = match chart {
        Chart::Plot(plot) => &plot.title,
        Chart::Pie(pie) => &pie.title,
        Chart::Card(card) => &card.title,
    };
    if !title.is_empty() {
        let text = shorten(title, (page.width / 8.0) as usize, true);
        page.text(page.width / 2.0, 20.0, Anchor::Middle, 15, &text);
        page.top = 32.0;
    }
    let height = f64::from(options.height.max(120));
    let height = match chart {
        Chart::Plot(plot) => plot::draw(&mut page, plot, height),
        Chart::Pie(pie) => pie::draw(&mut page, pie, height),
        Chart::Card(card) => draw_card(&mut page, card),
    };
    let Page { body, id, width, .. } = page;
    let title = if title.is_empty() { "Chart" } else { title.as_str() };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" font-family=\"system-ui, sans-serif\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{body}</svg>\n",
        escape(title),
        escape(&description::describe(chart)),
    )
}

/// A picture being drawn.
struct Page {
    body: String,
    id: String,
    width: f64,
    /// The first free unit from the top.
    top: f64,
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl Page {
    /// Adds a line of markup.
    fn add(&mut self, markup: &str) {
        self.body.push_str(markup);
        self.body.push('\n');
    }

    /// Adds a text, escaped.
    fn text(&mut self, x: f64, y: f64, anchor: Anchor, size: u32, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let (x, y, text) = (round(x), round(y), escape(text));
        self.add(&format!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"currentColor\">{text}</text>"
        ));
    }

    /// Adds a straight line of the axes.
    fn rule(&mut self, from: (f64, f64), to: (f64, f64), opacity: f64) {
        let ((x1, y1), (x2, y2)) = ((round(from.0), round(from.1)), (round(to.0), round(to.1)));
        self.add(&format!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"currentColor\" stroke-opacity=\"{opacity}\"/>"
        ));
    }

    /// Adds a filled rectangle with a tooltip.
    fn rectangle(&mut self, (x, y): (f64, f64), (w, h): (f64, f64), fill: &str, tip: &str) {
        let (x, y, w, h) = (round(x), round(y), round(w.max(0.0)), round(h.max(0.0)));
        let tip = escape(tip);
        self.add(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{fill}\"><title>{tip}</title></rect>"
        ));
    }

    /// Defines what the series at that place is filled with, and gives the `fill` to use: its colour, with stripes
    /// of their own for all but the first, so that series differ without colour.
    fn fill(&mut self, series: usize, colour: Colour) -> String {
        const STRIPES: [(u32, u32); 6] = [(45, 8), (135, 8), (0, 6), (90, 6), (45, 4), (135, 4)];
        let hex = colour.hex();
        if series == 0 {
            return hex;
        }
        let (angle, gap) = STRIPES[(series - 1) % STRIPES.len()];
        let name = format!("{}-fill{series}", self.id);
        self.add(&format!(
            "<defs><pattern id=\"{name}\" width=\"{gap}\" height=\"{gap}\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate({angle})\"><rect width=\"{gap}\" height=\"{gap}\" fill=\"{hex}\"/>\
             <rect width=\"1.5\" height=\"{gap}\" fill=\"#fff\" fill-opacity=\"0.55\"/></pattern></defs>"
        ));
        format!("url(#{name})")
    }

    /// Lists names with their signs from `y` down; gives the height used.
    fn legend(&mut self, y: f64, entries: &[(String, Key)]) -> f64 {
        let (mut x, mut line) = (12.0, y);
        for (name, key) in entries {
            let name = shorten(name, 40, true);
            let needed = 34.0 + 6.6 * width(&name) as f64;
            if x > 12.0 && x + needed > self.width {
                x = 12.0;
                line += 18.0;
            }
            let (left, top) = (round(x), round(line));
            match key {
                Key::Fill(fill) => self.add(&format!(
                    "<rect x=\"{left}\" y=\"{top}\" width=\"18\" height=\"11\" fill=\"{fill}\"/>"
                )),
                Key::Drawn(markup) => {
                    self.add(&format!("<g transform=\"translate({left} {top})\">{markup}</g>"))
                }
            }
            self.text(x + 24.0, line + 10.0, Anchor::Start, 12, &name);
            x += needed;
        }
        if entries.is_empty() { 0.0 } else { line - y + 20.0 }
    }
}

/// The sign of a series in the legend.
enum Key {
    /// A rectangle filled so.
    Fill(String),
    /// Markup in a box of 18 by 11 units.
    Drawn(String),
}

/// Entries one below another: the name small, the value large.
fn draw_card(page: &mut Page, card: &Card) -> f64 {
    let mut y = page.top;
    for (name, value) in &card.entries {
        let value = shorten(value, (page.width / 18.0) as usize, true);
        page.text(16.0, y + 14.0, Anchor::Start, 12, name);
        page.text(16.0, y + 46.0, Anchor::Start, 30, &value);
        y += 62.0;
    }
    y + 8.0
}

/// Units with at most two digits after the point; never anything but a number.
fn round(value: f64) -> String {
    let mut text = String::new();
    let value = if value.is_finite() { (value * 100.0).round() / 100.0 } else { 0.0 };
    write!(text, "{}", if value == 0.0 { 0.0 } else { value }).expect("writing to a string does not fail");
    text
}

#[cfg(test)]
mod tests;
