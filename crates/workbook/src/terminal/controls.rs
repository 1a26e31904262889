//! Values chosen and links, as words. In: pickers and links of a page. Out: lines.

use super::layout::wrapped;
use crate::model::LinksStyle;
use crate::page::{PageLink, Picker};
use calypso_view::text::{visible, width};
use calypso_view::{Action, Style};

/// `Date: last 48h   Status: all`, on as many lines as it takes; quiet ones only when they are set.
pub fn pickers(pickers: &[Picker], style: &Style) -> Vec<String> {
    let parts = pickers.iter().filter(|picker| !picker.quiet || is_set(picker)).map(|picker| {
        let shown = if picker.shown.is_empty() { "not set" } else { &picker.shown };
        format!("{}: {shown}", picker.label)
    });
    let mut lines = beside(parts, "   ", style);
    for picker in pickers {
        if let Some(problem) = &picker.problem {
            lines.extend(wrapped(&format!("! {}: {problem}", picker.label), style));
        }
    }
    lines
}

/// Whether a value leaves something out.
fn is_set(picker: &Picker) -> bool {
    picker.chosen.iter().any(|value| !value.is_empty() && value != "all" && value != "*")
}

/// Links as words with what they do.
pub fn links(links: &[PageLink], look: LinksStyle, style: &Style) -> Vec<String> {
    let texts = links.iter().map(link).filter(|text| !text.is_empty());
    match look {
        LinksStyle::Bullets => {
            let dot = style.glyph("•", "*");
            texts.flat_map(|text| super::layout::hanging(&format!("{dot} {text}"), 2, style)).collect()
        }
        LinksStyle::List => texts.flat_map(|text| wrapped(&text, style)).collect(),
        LinksStyle::Paragraph => {
            let text = texts.collect::<Vec<_>>().join(" ");
            if text.is_empty() { Vec::new() } else { wrapped(&text, style) }
        }
        LinksStyle::Tabs | LinksStyle::Nav | LinksStyle::Toolbar => beside(texts, "   ", style),
    }
}

fn link(link: &PageLink) -> String {
    let does = match &link.action {
        Action::Set(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
            pairs.join(", ")
        }
        Action::Open(address) if *address == link.label => String::new(),
        Action::Open(address) => address.clone(),
        Action::Workbook { name, .. } => format!("workbook {name}"),
        Action::Page(_) | Action::Jump(_) | Action::Details(_) => String::new(),
        Action::Portal(what) => format!("only in the portal: {what}"),
    };
    let label = if does.is_empty() { link.label.clone() } else { format!("{} ({does})", link.label) };
    let parts = [link.before.trim(), label.trim(), link.after.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Texts beside each other with that between, on as many lines as it takes.
pub fn beside(texts: impl Iterator<Item = String>, between: &str, style: &Style) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        let text = visible(&text, style.unicode).into_owned();
        match lines.last_mut() {
            Some(last) if width(last) + width(between) + width(&text) <= style.width => {
                last.push_str(between);
                last.push_str(&text);
            }
            Some(_) | None => lines.extend(wrapped(&text, style)),
        }
    }
    lines
}
