//! Tabs. In the live page a list of buttons above what stands on the chosen one; in a file radio buttons, by which the
//! style sheet shows one tab on the screen, while paper gets all of them with their headings.

use super::item::{element_id, items};
use crate::page::{PageItem, PageTab};
use calypso_view::html::{act_attributes, address, element_text};
use calypso_view::{Action, HtmlMode};

/// Draws tabs, which are the body of `item`.
pub fn tabs(tabs: &[PageTab], item: &PageItem, mode: HtmlMode) -> String {
    let id = element_id(&item.id);
    let chosen = tabs.iter().position(|tab| tab.selected).unwrap_or(0);
    match mode {
        HtmlMode::Live => live(tabs, chosen, &id),
        HtmlMode::File => file(tabs, chosen, &id),
    }
}

fn live(tabs: &[PageTab], chosen: usize, id: &str) -> String {
    let buttons: String =
        tabs.iter().enumerate().map(|(at, tab)| live_tab(tab, at, at == chosen, id)).collect();
    let shown = tabs.get(chosen).and_then(|tab| tab.items.as_deref()).unwrap_or_default();
    format!(
        "<div class=\"tabs\"><div role=\"tablist\">{buttons}</div>\n\
         <div role=\"tabpanel\" id=\"{id}-shown\" aria-labelledby=\"{id}-tab-{chosen}\">\n{}</div></div>\n",
        items(shown, HtmlMode::Live)
    )
}

fn live_tab(tab: &PageTab, at: usize, chosen: bool, id: &str) -> String {
    let label = element_text(&tab.label);
    if let Action::Open(to) = &tab.action
        && let Some(href) = address(to)
    {
        return format!("<a role=\"tab\"{href} rel=\"noopener noreferrer\" target=\"_blank\">{label}</a>");
    }
    let click = act_attributes(&tab.action, HtmlMode::Live).unwrap_or_default();
    let reach = if chosen { "" } else { " tabindex=\"-1\"" };
    format!(
        "<button type=\"button\" role=\"tab\" id=\"{id}-tab-{at}\" aria-controls=\"{id}-shown\" \
         aria-selected=\"{chosen}\"{reach}{click}>{label}</button>"
    )
}

fn file(tabs: &[PageTab], chosen: usize, id: &str) -> String {
    let drawn: String =
        tabs.iter().enumerate().map(|(at, tab)| file_tab(tab, at, at == chosen, id)).collect();
    format!("<div class=\"tabs\">\n{drawn}</div>\n")
}

fn file_tab(tab: &PageTab, at: usize, chosen: bool, id: &str) -> String {
    let label = element_text(&tab.label);
    if let (Action::Open(to), None) = (&tab.action, &tab.items)
        && let Some(href) = address(to)
    {
        return format!("<a class=\"tab\"{href} rel=\"noopener noreferrer\" target=\"_blank\">{label}</a>\n");
    }
    let checked = if chosen { " checked" } else { "" };
    let inside = match &tab.items {
        Some(inside) => items(inside, HtmlMode::File),
        None => "<p class=\"message info\">This tab was not asked for.</p>\n".to_owned(),
    };
    format!(
        "<input type=\"radio\" class=\"tab\" name=\"{id}-tabs\" id=\"{id}-tab-{at}\"{checked}>\
         <label class=\"tab\" for=\"{id}-tab-{at}\">{label}</label>\n\
         <section class=\"tab\"><h2>{label}</h2>\n{inside}</section>\n"
    )
}
