//! The page around its items: head, title, over which time it was made, notices, and for a file the whole document.

use super::{STYLE, item};
use crate::model::ParameterKind;
use crate::page_model::{Page, PageBody, PageItem, Picker};
use crate::time_range::{TimeRange, minute_text};
use calypso_view::HtmlMode;
use calypso_view::html::{element_text, sign_svg};

/// What a file may load: nothing from outside.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// What stands in `<head>` whatever the page is made for: the letters, the width, the title.
pub fn head(title: &str) -> String {
    format!(
        "<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n",
        element_text(title)
    )
}

/// The whole document.
pub fn document(page: &Page) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n{}\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <style>\n{STYLE}</style>\n</head>\n<body class=\"file\">\n\
         <a class=\"skip\" href=\"#main\">Skip to the content</a>\n\
         <main id=\"main\">\n{}</main>\n\
         <footer class=\"page-end\"><p>{} · made by Calypso for {} UTC</p></footer>\n</body>\n</html>\n",
        head(&page.title),
        contents(page, HtmlMode::File),
        element_text(&page.name),
        minute_text(page.now)
    )
}

/// What stands in `<main>`.
pub fn contents(page: &Page, mode: HtmlMode) -> String {
    let notices: String = page.notices.iter().map(|notice| notice_html(notice)).collect();
    format!(
        "<header class=\"page\"><h1>{}</h1>\n<p class=\"made\">{}</p></header>\n{notices}{}{}",
        element_text(&page.title),
        made(page),
        if starts_with_panel(&page.items) { "<h2 class=\"unseen\">Panels</h2>\n" } else { "" },
        item::items(&page.items, mode)
    )
}

fn notice_html(notice: &str) -> String {
    format!("<p class=\"message warning notice\">{}{}</p>\n", sign_svg("warning"), element_text(notice))
}

/// For which instant, and over which range of time.
fn made(page: &Page) -> String {
    let mut out = format!("As of {} UTC", minute_text(page.now));
    let time = first_picker(&page.items, &|picker| picker.kind == ParameterKind::TimeRange);
    if let Some(picker) = time {
        out += &format!(" · {}: {}", element_text(&picker.label), element_text(&picker.shown));
        let range = picker.chosen.first().and_then(|text| TimeRange::read(text, page.now));
        if let Some(range) = range {
            out += &format!(" ({} to {} UTC)", minute_text(range.from), minute_text(range.to));
        }
    }
    out
}

/// The first value to choose for which it holds, wherever it stands on the page.
fn first_picker<'a>(items: &'a [PageItem], holds: &dyn Fn(&Picker) -> bool) -> Option<&'a Picker> {
    items.iter().find_map(|item| match &item.body {
        PageBody::Pickers(pickers) => pickers.iter().find(|picker| holds(picker)),
        PageBody::Group { items, .. } => first_picker(items, holds),
        PageBody::Tabs(tabs) => {
            tabs.iter().filter_map(|tab| tab.items.as_ref()).find_map(|items| first_picker(items, holds))
        }
        PageBody::Text { .. }
        | PageBody::Links { .. }
        | PageBody::Panel(_)
        | PageBody::Placeholder { .. } => None,
    })
}

/// Whether a panel's heading is the first one after the title: then one of the depth between is needed.
fn starts_with_panel(items: &[PageItem]) -> bool {
    let first = items.iter().find_map(|item| match &item.body {
        PageBody::Pickers(_) | PageBody::Links { .. } | PageBody::Placeholder { .. } => None,
        PageBody::Text { markdown, .. } => markdown.trim_start().starts_with('#').then_some(false),
        PageBody::Group { title, items, .. } => Some(title.is_empty() && starts_with_panel(items)),
        PageBody::Tabs(_) => Some(false),
        PageBody::Panel(_) => Some(true),
    });
    first.unwrap_or(false)
}
