//! A panel: title, drawing, notes, and the query behind it.

use super::item::element_id;
use super::markdown;
use crate::model::Size;
use crate::page::{PageItem, PagePanel};
use calypso_view::html::{attribute, attribute_value, element_lines, element_text};
use calypso_view::{Drawing, HtmlMode, Place, drawing_html};

/// Draws a panel, which is the body of `item`.
pub fn panel(panel: &PagePanel, item: &PageItem, mode: HtmlMode) -> String {
    let id = element_id(&item.id);
    let name = if panel.title.is_empty() { "Panel" } else { panel.title.as_str() };
    let labelled = if panel.title.is_empty() {
        attribute("aria-label", name)
    } else {
        format!(" aria-labelledby=\"{id}-title\"")
    };
    let notes: String =
        panel.notes.iter().map(|note| format!("<p class=\"note\">{}</p>\n", element_text(note))).collect();
    let size = size(panel.size);
    format!(
        "<section class=\"panel size-{size}\"{labelled}>\n{}<div class=\"drawing\">{}</div>\n{notes}{}</section>\n",
        header(panel, item, &id, mode),
        drawing(panel, item, &id, name, mode),
        query(panel, item, mode)
    )
}

fn size(size: Size) -> &'static str {
    match size {
        Size::Tiny => "tiny",
        Size::Small => "small",
        Size::Medium => "medium",
        Size::Large => "large",
        Size::Full => "full",
    }
}

fn header(panel: &PagePanel, item: &PageItem, id: &str, mode: HtmlMode) -> String {
    let title = element_text(&panel.title);
    let title = if title.is_empty() { title } else { format!("<h3 id=\"{id}-title\">{title}</h3>") };
    let told = panel.description.as_deref().map_or_else(String::new, element_text);
    let told = if told.is_empty() { told } else { format!("<p class=\"description\">{told}</p>") };
    let export = if mode == HtmlMode::Live && panel.answer.is_some() {
        let of = attribute_value("data-export", &item.id);
        format!("<button type=\"button\" class=\"tool\" title=\"Save the rows as CSV\"{of}>CSV</button>")
    } else {
        String::new()
    };
    if title.is_empty() && told.is_empty() && export.is_empty() {
        return String::new();
    }
    format!("<header>{title}{export}{told}</header>\n")
}

fn drawing(panel: &PagePanel, item: &PageItem, id: &str, name: &str, mode: HtmlMode) -> String {
    match &panel.drawing {
        Ok(Drawing::Card(card)) if card.style == "markdown" => {
            format!("<div class=\"card text\">{}</div>", markdown::html(&card.text))
        }
        Ok(drawing) => {
            let chart = format!("{id}-chart");
            drawing_html(drawing, &Place { mode, id: &chart, name, size: chart_size(panel.size, item.width) })
        }
        Err(why) => format!("<p class=\"problem\" role=\"alert\">{}</p>", element_text(why)),
    }
}

/// Units across and down of a chart: as many as it has dots on a usual screen, so that its letters are as large as
/// those around it.
fn chart_size(size: Size, width: u8) -> (u32, u32) {
    let width = if (1..=100).contains(&width) { u32::from(width) } else { 100 };
    let height = match size {
        Size::Tiny => 150,
        Size::Small => 220,
        Size::Medium | Size::Full => 320,
        Size::Large => 460,
    };
    ((1180 * width / 100).max(280), height)
}

/// The query, folded; in the live page it can be changed and run.
fn query(panel: &PagePanel, item: &PageItem, mode: HtmlMode) -> String {
    if panel.query.trim().is_empty() {
        return String::new();
    }
    let place = if panel.place.is_empty() {
        String::new()
    } else {
        format!("<p class=\"place\">From {}</p>\n", element_text(&panel.place))
    };
    let text = element_lines(&panel.query);
    let shown = if mode == HtmlMode::Live && panel.editable {
        let lines = panel.query.lines().count().clamp(3, 24);
        let id = |name| attribute_value(name, &item.id);
        // The first line feed of a text area is not part of its text.
        format!(
            "<textarea spellcheck=\"false\" rows=\"{lines}\" aria-label=\"Query\"{}>\n{text}</textarea>\n\
             <p class=\"buttons\"><button type=\"button\" class=\"primary\"{}>Run</button> \
             <button type=\"button\"{}>Reset</button></p>\n",
            id("data-query"),
            id("data-run"),
            id("data-reset")
        )
    } else {
        format!("<pre tabindex=\"0\">{text}</pre>\n")
    };
    let run = if panel.run.trim().is_empty() || panel.run == panel.query {
        String::new()
    } else {
        format!(
            "<details class=\"run\"><summary>As it was run</summary>\n<pre tabindex=\"0\">{}</pre></details>\n",
            element_lines(&panel.run)
        )
    };
    format!("<details class=\"query\"><summary>Query</summary>\n{place}{shown}{run}</details>\n")
}
