//! The page around its items: head, title, over which time it was made, notices, and for a file the whole document.

use super::{STYLE, item};
use crate::page::{Page, PageBody, PageItem};
use crate::time_range::minute_text;
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
        items(page, mode)
    )
}

/// The items; where the first words repeat the page's title, they do so once only.
fn items(page: &Page, mode: HtmlMode) -> String {
    let Some((first, rest)) = page.items.split_first() else { return item::items(&page.items, mode) };
    let Some(words) = without_title(first, &page.title) else { return item::items(&page.items, mode) };
    let shown = Some(&words).filter(
        |words| !matches!(&words.body, PageBody::Text { markdown, .. } if markdown.trim().is_empty()),
    );
    item::items(shown.into_iter().chain(rest), mode)
}

/// The item without its heading, if that is the title.
fn without_title(item: &PageItem, title: &str) -> Option<PageItem> {
    let PageBody::Text { markdown, message } = &item.body else { return None };
    let (line, rest) = markdown.trim_start().split_once('\n').unwrap_or((markdown.trim(), ""));
    let heading = line.strip_prefix('#')?.trim_matches(|c: char| c == '#' || c == '*' || c.is_whitespace());
    if !heading.eq_ignore_ascii_case(title.trim()) {
        return None;
    }
    let body = PageBody::Text { markdown: rest.to_owned(), message: *message };
    Some(PageItem { name: item.name.clone(), id: item.id.clone(), body, ..*item })
}

fn notice_html(notice: &str) -> String {
    format!("<p class=\"message warning notice\">{}{}</p>\n", sign_svg("warning"), element_text(notice))
}

/// For which instant, and over which range of time.
fn made(page: &Page) -> String {
    let mut out = format!("As of {} UTC", minute_text(page.now));
    if let Some((picker, range)) = page.time_range() {
        out += &format!(" · {}: {}", element_text(&picker.label), element_text(&picker.shown));
        // Two times of one's own are named already.
        if let Some(range) = range.filter(|range| !range.is_custom()) {
            out += &format!(" ({} to {} UTC)", minute_text(range.from), minute_text(range.to));
        }
    }
    out
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Message;

    fn words(markdown: &str) -> PageItem {
        let body = PageBody::Text { markdown: markdown.into(), message: Message::Plain };
        PageItem { id: "0".into(), name: String::new(), width: 100, border: false, body }
    }

    #[test]
    fn a_title_is_said_once() {
        let rest = |markdown: &str| match without_title(&words(markdown), "Cloud sync")?.body {
            PageBody::Text { markdown, .. } => Some(markdown),
            _ => None,
        };
        assert_eq!(rest("# Cloud Sync\nWords").as_deref(), Some("Words"));
        assert_eq!(rest("\n## **Cloud sync** ##\r\n\r\nWords").as_deref(), Some("\r\nWords"));
        assert_eq!(rest("# Cloud sync").as_deref(), Some(""));
        assert_eq!(rest("# Cloud sync details\nWords"), None);
        assert_eq!(rest("Cloud sync"), None);
    }
}
