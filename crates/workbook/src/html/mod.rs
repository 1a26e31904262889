//! A page as HTML. In: an answered page. Out: one self-contained file (`HtmlMode::File`), or what stands in `<main>`
//! of the live page (`HtmlMode::Live`).
//!
//! What the live page's script finds:
//! - each item is `<div class="item w-50" id="item-4-2" data-item="4.2">`, and `PageItem::html` draws one anew;
//! - what a click does: `data-set`, `data-jump`, `data-workbook`, `data-details` (see `calypso_view::html`);
//! - values to choose: `.picker[data-key][data-kind]`, the kind being `text`, `drop-down` (a `<select>`), `multi` (a
//!   `<details class="multi">` with check boxes, `.search` and `.apply`; a value given alone is given by its
//!   `data-alone`, where it has one), `options` (radio buttons), `time` (a `<select>`, whose value `custom` shows
//!   `.custom` with two `datetime-local` inputs) or `resource` (fixed);
//! - queries: `[data-query]` is the `<textarea>`, `[data-run]` and `[data-reset]` the buttons, `[data-export]` asks
//!   for the rows as CSV;
//! - rows of grids: `th[data-column] > .sort`, `td[data-number]`, `tr.group[aria-expanded] .fold`, `.filter`;
//! - charts: `figure.chart > script.chart-data`.
//!
//! Neither mode has attributes of style or events; a file has no script at all.

mod document;
mod item;
mod links;
mod markdown;
mod panel;
mod pickers;
mod raw_html;
mod tabs;

pub use calypso_view::HtmlMode;
pub use document::head;
pub use item::element_id;

use crate::page::{Page, PageItem};

/// The style sheet of both modes.
pub const STYLE: &str = include_str!("page.css");

impl Page {
    /// The page as HTML.
    pub fn html(&self, mode: &HtmlMode) -> String {
        match mode {
            HtmlMode::File => document::document(self),
            HtmlMode::Live => document::contents(self, HtmlMode::Live),
        }
    }
}

impl PageItem {
    /// The item alone, as it stands on the page.
    pub fn html(&self, mode: &HtmlMode) -> String {
        item::item(self, *mode)
    }
}

#[cfg(test)]
pub mod sample;
#[cfg(test)]
mod tests;
