//! Links other than tabs: a list, a line of words, buttons.

use crate::model::LinksStyle;
use crate::page::PageLink;
use calypso_view::HtmlMode;
use calypso_view::html::{act, attribute, element_text};

/// Draws links; `name` is the item's.
pub fn links(style: LinksStyle, links: &[PageLink], name: &str, mode: HtmlMode) -> String {
    let drawn: Vec<String> = links.iter().map(|link| drawn(link, mode)).collect();
    let listed = || drawn.iter().map(|link| format!("<li>{link}</li>")).collect::<String>();
    let label = attribute("aria-label", name);
    match style {
        LinksStyle::List => format!("<ul class=\"links list\">{}</ul>\n", listed()),
        LinksStyle::Bullets => format!("<ul class=\"links bullets\">{}</ul>\n", listed()),
        LinksStyle::Paragraph => format!("<p class=\"links\">{}</p>\n", drawn.join(" ")),
        LinksStyle::Nav | LinksStyle::Tabs => {
            format!("<nav class=\"links\"{label}><ul>{}</ul></nav>\n", listed())
        }
        LinksStyle::Toolbar => {
            let spans: String = drawn.iter().map(|link| format!("<span>{link}</span>")).collect();
            format!("<div class=\"links toolbar\" role=\"toolbar\"{label}>{}</div>\n", spans)
        }
    }
}

fn drawn(link: &PageLink, mode: HtmlMode) -> String {
    let around = |text: &str| element_text(text.trim());
    let label = act(Some(&link.action), &element_text(&link.label), mode);
    let parts = [around(&link.before), label, around(&link.after)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
