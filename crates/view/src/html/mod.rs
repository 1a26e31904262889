//! What a panel shows, as HTML: for one self-contained file, or for the live page, whose script makes it act. In: a
//! `Drawing` and its place on the page. Out: elements without `style` and `on…` attributes, in which every text of
//! the data is escaped. How they look is said by the page's style sheet; class names come from here alone.
//!
//! Sizes that follow the data (bars, shades, sparklines) are attributes of small SVG pictures.

mod action;
mod chart;
mod chart_numbers;
mod colour;
mod grid;
mod icon;
mod look;
mod small;
mod text;
mod tiles;

pub use action::{act, act_attributes, address};
pub use colour::colour_class;
pub use icon::{icon_svg, sign_svg};
pub use text::{attribute, attribute_json, attribute_value, element_lines, element_text, script_json};

use crate::drawing::{Card, Drawing};
use crate::text::grouped;

/// What the page is made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HtmlMode {
    /// A file of its own, without script: what is clicked in the live page is plain text, save for addresses.
    File,
    /// The inside of the live page, where a script and a server answer clicks.
    Live,
}

/// Where on the page a drawing stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// What the page is made for.
    pub mode: HtmlMode,
    /// Starts the ids of elements; differs between the drawings of a page. Letters, digits, `-` and `_`.
    pub id: &'a str,
    /// What it shows, for readers who do not see it.
    pub name: &'a str,
    /// Units across and down that a chart may take.
    pub size: (u32, u32),
}

/// Draws what a panel shows. The text of a card stands as it is: Markdown in it is the caller's to draw.
pub fn drawing_html(drawing: &Drawing, place: &Place) -> String {
    match drawing {
        Drawing::Message { text, kind } => message_html(text, kind),
        Drawing::Grid(grid) => grid::draw(grid, place),
        Drawing::Tiles(tiles) => tiles::draw(tiles, place),
        Drawing::Chart(chart) => chart::draw(chart, place),
        Drawing::Card(card) => card_html(card),
    }
}

/// How many rows are shown, where that is not all.
fn left_out(shown: usize, total: usize) -> String {
    if shown >= total {
        return String::new();
    }
    format!("<p class=\"note\">{} of {} rows are shown</p>", grouped(shown), grouped(total))
}

/// A sentence with the sign of its kind.
fn message_html(text: &str, kind: &str) -> String {
    format!("<p class=\"{}\">{}{}</p>", message_class(kind), sign_svg(kind), element_text(text))
}

/// The class of a message of that kind.
pub fn message_class(kind: &str) -> &'static str {
    match kind {
        "info" => "message info",
        "success" => "message success",
        "warning" => "message warning",
        "error" => "message error",
        "upsell" => "message upsell",
        _ => "message",
    }
}

/// One value.
fn card_html(card: &Card) -> String {
    let text = element_lines(&card.text);
    let value = match card.style {
        "header" => format!("<p class=\"card-header\">{text}</p>"),
        "editor" => format!("<pre class=\"card-editor\" tabindex=\"0\">{text}</pre>"),
        _ => format!("<p class=\"card-big\">{text}</p>"),
    };
    let label = element_text(&card.label);
    let label = if label.is_empty() { label } else { format!("<p class=\"card-label\">{label}</p>") };
    format!("<div class=\"card\">{value}{label}</div>")
}

#[cfg(test)]
mod tests;
