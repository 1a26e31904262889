//! One item of the page: its place, and what stands there.

use super::{links, markdown, panel, pickers, tabs};
use crate::model::Message;
use crate::page::{PageBody, PageItem};
use calypso_view::HtmlMode;
use calypso_view::html::{attribute, attribute_value, element_text, message_class, sign_svg};

/// Items, which flow from left to right.
pub fn items<'a>(items: impl IntoIterator<Item = &'a PageItem>, mode: HtmlMode) -> String {
    let drawn: String = items.into_iter().map(|one| item(one, mode)).collect();
    format!("<div class=\"items\">\n{drawn}</div>\n")
}

/// One item.
pub fn item(item: &PageItem, mode: HtmlMode) -> String {
    let width = if (1..=100).contains(&item.width) { item.width } else { 100 };
    let border = if item.border { " border" } else { "" };
    format!(
        "<div class=\"item w-{width}{border}\" id=\"{}\"{}>\n{}</div>\n",
        element_id(&item.id),
        attribute_value("data-item", &item.id),
        body(item, mode)
    )
}

/// The id of an item's element: `item-4-2`.
pub fn element_id(id: &str) -> String {
    let safe: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("item-{safe}")
}

fn body(item: &PageItem, mode: HtmlMode) -> String {
    match &item.body {
        PageBody::Text { markdown, message } => text(markdown, *message),
        PageBody::Pickers(list) => pickers::pickers(list, &item.id, mode),
        PageBody::Links { style, links } => links::links(*style, links, &item.name, mode),
        PageBody::Tabs(list) => tabs::tabs(list, item, mode),
        PageBody::Group { title, expanded, items } => group(title, *expanded, items, mode),
        PageBody::Panel(one) => panel::panel(one, item, mode),
        PageBody::Placeholder { what, title, why } => placeholder(what, title, why),
    }
}

fn text(markdown: &str, message: Message) -> String {
    let (kind, word) = match message {
        Message::Plain => return format!("<div class=\"text\">{}</div>\n", markdown::html(markdown)),
        Message::Info => ("info", "Info"),
        Message::Success => ("success", "Success"),
        Message::Warning => ("warning", "Warning"),
        Message::Error => ("error", "Error"),
        Message::Upsell => ("upsell", "Offer"),
    };
    format!(
        "<div class=\"text {}\" role=\"note\"{}>{}<div>{}</div></div>\n",
        message_class(kind),
        attribute("aria-label", word),
        sign_svg(kind),
        markdown::html(markdown)
    )
}

fn group(title: &str, expanded: Option<bool>, inside: &[PageItem], mode: HtmlMode) -> String {
    let title = element_text(title);
    let inside = items(inside, mode);
    match expanded {
        Some(expanded) => {
            let open = if expanded { " open" } else { "" };
            let title = if title.is_empty() { "Details".to_owned() } else { title };
            format!(
                "<details class=\"group\"{open}><summary><h2>{title}</h2></summary>\n{inside}</details>\n"
            )
        }
        None if title.is_empty() => format!("<section class=\"group\">\n{inside}</section>\n"),
        None => format!("<section class=\"group\"><h2>{title}</h2>\n{inside}</section>\n"),
    }
}

fn placeholder(what: &str, title: &str, why: &str) -> String {
    let title = element_text(title);
    let heading = if title.is_empty() { title } else { format!("<h3>{title}</h3>") };
    format!(
        "<section class=\"placeholder\">{heading}<p><strong>{}</strong> {}</p></section>\n",
        element_text(what),
        element_text(why)
    )
}
