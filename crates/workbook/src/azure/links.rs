//! Tabs, buttons and lists of links. In: the content of an item of type 11. Out: the links.

use super::{Reader, loose, portal};
use crate::model::{Link, LinkAction, Links, LinksStyle};
use serde_json::Value as Json;

/// Reads an item of links.
pub fn read(reader: &mut Reader, content: &Json, place: &str) -> Links {
    let style = loose::filled(content, "style").unwrap_or_default();
    let style = match style.to_lowercase().as_str() {
        "tabs" => LinksStyle::Tabs,
        "" | "list" => LinksStyle::List,
        "bullets" => LinksStyle::Bullets,
        "paragraph" => LinksStyle::Paragraph,
        "nav" | "navigation" => LinksStyle::Nav,
        "toolbar" => LinksStyle::Toolbar,
        _ => {
            reader.note(format!(
                "{place}: the style `{style}` of links is not known; they are shown as a list"
            ));
            LinksStyle::List
        }
    };
    Links { style, links: loose::list(content, "links").iter().map(link).collect() }
}

fn link(link: &Json) -> Link {
    let text = |key| loose::text(link, key).unwrap_or_default();
    let action = action(link);
    let label = loose::filled(link, "linkLabel").unwrap_or_else(|| match &action {
        LinkAction::Parameter { value, .. } => value.clone(),
        LinkAction::Step(name) | LinkAction::Url(name) | LinkAction::Workbook(name) => name.clone(),
        LinkAction::Portal(what) => what.clone(),
    });
    Link { label, before: text("preText"), after: text("postText"), action }
}

fn action(link: &Json) -> LinkAction {
    let target = loose::filled(link, "linkTarget").unwrap_or_default();
    let value = loose::filled(link, "cellValue");
    let sub = loose::text(link, "subTarget");
    match (target.to_lowercase().as_str(), value) {
        ("parameter", Some(name)) => LinkAction::Parameter { name, value: sub.unwrap_or_default() },
        ("step", Some(name)) => LinkAction::Step(name),
        ("url", Some(address)) => LinkAction::Url(address),
        ("", Some(address)) if address.starts_with("https://") || address.starts_with("http://") => {
            LinkAction::Url(address)
        }
        ("workbooktemplate", value) => match template(link).or(value) {
            Some(template) => LinkAction::Workbook(template),
            None => LinkAction::Portal("opens a workbook that is not named".into()),
        },
        (_, _) => LinkAction::Portal(portal::action(&target)),
    }
}

/// The template a link names; one that a parameter holds, as that parameter in braces.
fn template(link: &Json) -> Option<String> {
    let context = loose::object(link, "workbookContext");
    let id = loose::filled(&context, "templateId")?;
    let source = loose::text(&context, "templateIdSource").unwrap_or_default();
    Some(if source == "parameter" { format!("{{{id}}}") } else { id })
}
