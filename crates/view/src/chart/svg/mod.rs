//! Charts as SVG. In: a resolved `Chart`, a size and an id. Out: one `<svg>` element, for a file or inside a page.
//!
//! It has a title and a description for screen readers and a tooltip on every mark; series of the same colour differ by
//! stripes or dashes. No script, no style sheet and nothing from outside; all text of the data is escaped. Text and axes
//! take the colour of the text around them (`currentColor`). Parts have classes that a page can style: `axis`, `grid`,
//! `label`, `legend`, `threshold`, and `ink-blueDark` … for each colour, whose `color` a page may set for a dark
//! background (`DARK_INKS`).

mod bars;
mod description;
mod labels;
mod lines;
mod pie;
mod plot;
mod spark;

pub use spark::{spark_bars_svg, spark_svg};

use super::model::{Card, Chart};
use crate::style::Colour;
use crate::text::{shorten, width};
use crate::write::escape;
use std::fmt::Write;

/// Rules of a style sheet for pages whose background is dark: lighter forms of the colours that would sink into it.
pub const DARK_INKS: &str = "\
.ink-blue{color:#4aa3f0}.ink-blueDark{color:#8ea7e9}.ink-lightBlue{color:#6cb8ea}.ink-green{color:#4cb96b}
.ink-greenDark{color:#6fae86}.ink-orange{color:#f08a3c}.ink-red{color:#e8716e}.ink-redBright{color:#ff5c69}
.ink-redDark{color:#d98080}.ink-turquoise{color:#3fb8bb}.ink-purple{color:#a78bea}.ink-magenta{color:#e06fd3}
.ink-pink{color:#ee8cb8}.ink-gray{color:#a9a4a2}.ink-grayBlue{color:#96b0c8}.ink-brown{color:#c9935f}
.ink-yellow{color:#e5b93c}.ink-none{color:#b5b2af}
";

/// Size and name of a picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SvgOptions<'a> {
    /// Units across.
    pub width: u32,
    /// Units down without the legend; bars from left to right take more where they need it.
    pub height: u32,
    /// Starts the ids of the elements; must differ between the pictures of one page. Letters, digits, `-` and `_`.
    pub id: &'a str,
}

impl Default for SvgOptions<'_> {
    fn default() -> Self {
        SvgOptions { width: 720, height: 320, id: "chart" }
    }
}

/// Draws a chart.
pub fn svg(chart: &Chart, options: &SvgOptions) -> String {
    let id: String =
        options.id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    let mut page = Page { body: String::new(), id, width: f64::from(options.width.max(200)), top: 6.0 };
    let title = match chart {
        Chart::Plot(plot) => &plot.title,
        Chart::Pie(pie) => &pie.title,
        Chart::Card(card) => &card.title,
    };
    if !title.is_empty() {
        let text = escape(&shorten(title, (page.width / 8.5) as usize, true));
        page.add(&format!(
            "<text class=\"title\" x=\"10\" y=\"19\" font-size=\"14\" font-weight=\"600\" fill=\"currentColor\">{text}</text>"
        ));
        page.top = 32.0;
    }
    let height = f64::from(options.height.max(120));
    let height = match chart {
        Chart::Plot(plot) => plot::draw(&mut page, plot, height),
        Chart::Pie(pie) => pie::draw(&mut page, pie, height),
        Chart::Card(card) => draw_card(&mut page, card),
    };
    let Page { body, id, width, .. } = page;
    let height = round(height);
    let title = if title.is_empty() { "Chart" } else { title.as_str() };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\" font-family=\"'Segoe UI', system-ui, sans-serif\">\n\
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

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

/// Units across that a text of that size takes, about.
fn text_width(text: &str, size: f64) -> f64 {
    width(text) as f64 * size * 0.6
}

impl Page {
    /// Adds a line of markup.
    fn add(&mut self, markup: &str) {
        self.body.push_str(markup);
        self.body.push('\n');
    }

    /// Adds a text of the axes, escaped.
    fn label(&mut self, x: f64, y: f64, anchor: Anchor, text: &str) {
        let (x, y, anchor, text) = (round(x), round(y), anchor.name(), escape(text));
        self.add(&format!(
            "<text class=\"label\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"11\" \
             fill=\"currentColor\" fill-opacity=\"0.75\">{text}</text>"
        ));
    }

    /// Adds a text to be read first, escaped.
    fn text(&mut self, x: f64, y: f64, anchor: Anchor, size: u32, text: &str) {
        let (x, y, anchor, text) = (round(x), round(y), anchor.name(), escape(text));
        self.add(&format!(
            "<text class=\"legend\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\" \
             fill=\"currentColor\">{text}</text>"
        ));
    }

    /// Adds a straight line: `axis` for one that values stand on, `grid` for the faint ones.
    fn rule(&mut self, from: (f64, f64), to: (f64, f64), axis: bool) {
        let ((x1, y1), (x2, y2)) = ((round(from.0), round(from.1)), (round(to.0), round(to.1)));
        let (class, opacity) = if axis { ("axis", 0.45) } else { ("grid", 0.13) };
        self.add(&format!(
            "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"currentColor\" \
             stroke-opacity=\"{opacity}\"/>"
        ));
    }

    /// What each series is filled with: the colour of its group; stripes in it where an earlier one has that colour.
    fn fills(&mut self, colours: &[Colour]) -> Vec<String> {
        const STRIPES: [(u32, u32); 6] = [(45, 7), (135, 7), (0, 6), (90, 6), (45, 4), (135, 4)];
        let fill = |at: usize| {
            let Some((angle, gap)) = again(colours, at).checked_sub(1).map(|n| STRIPES[n % STRIPES.len()])
            else {
                return "currentColor".to_owned();
            };
            let (name, ink) = (format!("{}-fill{at}", self.id), ink(colours[at]));
            self.body.push_str(&format!(
                "<defs><pattern id=\"{name}\" width=\"{gap}\" height=\"{gap}\" patternUnits=\"userSpaceOnUse\" \
                 patternTransform=\"rotate({angle})\"><rect {ink} width=\"{gap}\" height=\"{gap}\" \
                 fill=\"currentColor\"/><rect width=\"2\" height=\"{gap}\" fill=\"#fff\" fill-opacity=\"0.5\"/>\
                 </pattern></defs>\n"
            ));
            format!("url(#{name})")
        };
        (0..colours.len()).map(fill).collect()
    }

    /// Lists names with their signs from `y` down, no further left than `left`; gives the height used.
    fn legend(&mut self, y: f64, left: f64, entries: Vec<(String, String)>) -> f64 {
        const MOST_LINES: usize = 6;
        let (mut x, mut lines) = (left, 0);
        let count = entries.len();
        for (at, (name, key)) in entries.into_iter().enumerate() {
            let name = shorten(&name, 40, true);
            let needed = 36.0 + text_width(&name, 12.0);
            if x > left && x + needed > self.width - 90.0 {
                if lines + 1 == MOST_LINES {
                    self.text(
                        x,
                        y + 10.0 + 19.0 * lines as f64,
                        Anchor::Start,
                        12,
                        &format!("and {} more", count - at),
                    );
                    break;
                }
                x = left;
                lines += 1;
            }
            let top = y + 19.0 * lines as f64;
            self.add(&format!("<g transform=\"translate({} {})\">{key}</g>", round(x), round(top)));
            self.text(x + 17.0, top + 10.0, Anchor::Start, 12, &name);
            x += needed;
        }
        if count == 0 { 0.0 } else { 19.0 * (lines + 1) as f64 }
    }
}

/// How many series before that one have its colour.
fn again(colours: &[Colour], at: usize) -> usize {
    colours[..at].iter().filter(|colour| **colour == colours[at]).count()
}

/// The attributes of an element whose parts are of that colour as `currentColor`.
fn ink(colour: Colour) -> String {
    let name = match colour {
        Colour::None => "none",
        Colour::Blue => "blue",
        Colour::BlueDark => "blueDark",
        Colour::LightBlue => "lightBlue",
        Colour::Green => "green",
        Colour::GreenDark => "greenDark",
        Colour::Orange => "orange",
        Colour::Red => "red",
        Colour::RedBright => "redBright",
        Colour::RedDark => "redDark",
        Colour::Yellow => "yellow",
        Colour::Turquoise => "turquoise",
        Colour::Purple => "purple",
        Colour::Magenta => "magenta",
        Colour::Pink => "pink",
        Colour::Gray => "gray",
        Colour::GrayBlue => "grayBlue",
        Colour::Brown => "brown",
    };
    format!("class=\"ink-{name}\" color=\"{}\"", colour.hex())
}

/// The sign of a filled series in the legend, 12 by 12 units.
fn square(colour: Colour, fill: &str) -> String {
    format!("<rect {} width=\"11\" height=\"11\" rx=\"2.5\" fill=\"{fill}\"/>", ink(colour))
}

/// Entries one below another: the name small, the value large.
fn draw_card(page: &mut Page, card: &Card) -> f64 {
    let mut y = page.top;
    if card.entries.is_empty() {
        page.label(16.0, y + 20.0, Anchor::Start, "no rows");
        return y + 36.0;
    }
    for (name, value) in &card.entries {
        let value = shorten(value, (page.width / 18.0) as usize, true);
        page.label(16.0, y + 14.0, Anchor::Start, name);
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
