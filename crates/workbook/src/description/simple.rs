//! The simple form: `[[tab]]` and `[[panel]]` become links that set a parameter, and a group for each tab that is shown
//! when the parameter has its name.

use super::entry::Entry;
use super::form::TabForm;
use super::read::Reader;
use crate::error::DashboardError;
use crate::model::{
    Comparison, Condition, Content, Group, Item, Link, LinkAction, Links, LinksStyle, Panel, Workbook,
};
use crate::names::{same, unknown};
use calypso_view::{Colour, Icon};

/// Adds the tabs and panels to the items. With tabs, a panel on none of them is shown only when asked for.
///
/// # Errors
/// When a tab is not known, or a panel is none.
pub fn place(
    items: &mut Vec<Item>,
    tabs: &[TabForm],
    panels: Vec<Entry>,
    reader: &Reader<'_>,
) -> Result<(), DashboardError> {
    let mut on_tabs: Vec<Vec<Item>> = tabs.iter().map(|_| Vec::new()).collect();
    let first = items.len() + usize::from(!tabs.is_empty()) + 1;
    let mut loose = Vec::new();
    for (number, entry) in panels.into_iter().enumerate() {
        let (tab, shown) = (entry.tab.clone(), entry.on_demand);
        let called = entry.name.clone().or_else(|| entry.file.clone());
        let called = called.unwrap_or_else(|| format!("number {}", number + 1));
        let named = |error: DashboardError| error.within(&format!("panel `{called}`"));
        if entry.file.is_none() && entry.merge.is_none() && entry.json.is_none() {
            return Err(named(DashboardError::new("`file` is missing")));
        }
        let Some(tab) = tab else {
            let place = format!("{}", first + tabs.len() + loose.len());
            let mut item = entry.read(reader, &place).map_err(|error| named(without_item(error)))?;
            if let (Content::Panel(panel), None, false) = (&mut item.content, shown, tabs.is_empty()) {
                panel.on_demand = true;
            }
            loose.push(item);
            continue;
        };
        let Some(at) = tabs.iter().position(|known| same(&known.name, &tab)) else {
            return Err(named(unknown("tab", &tab, tabs.iter().map(|one| one.name.as_str()))));
        };
        let place = format!("{}.{}", first + at, on_tabs[at].len() + 1);
        on_tabs[at].push(entry.read(reader, &place).map_err(|error| named(without_item(error)))?);
    }
    if !tabs.is_empty() {
        let parameter = tab_parameter(items);
        items.push(links(items.len() + 1, tabs, &parameter));
        for (tab, panels) in tabs.iter().zip(on_tabs) {
            items.push(group(items.len() + 1, tab, panels, &parameter));
        }
    }
    items.extend(loose);
    Ok(())
}

/// The panel is named already.
fn without_item(error: DashboardError) -> DashboardError {
    match error.message.split_once(": ") {
        Some((_, message)) if error.message.starts_with("item ") => {
            DashboardError { message: message.to_owned(), ..error }
        }
        Some(_) | None => error,
    }
}

/// The name of the parameter that holds the tab: one that no parameter of the file has.
fn tab_parameter(items: &[Item]) -> String {
    let mut taken = Vec::new();
    parameter_names(items, &mut taken);
    let free = (1..).map(|number| if number == 1 { "Tab".to_owned() } else { format!("Tab{number}") });
    let mut free = free.filter(|name| !taken.iter().any(|taken| same(taken, name)));
    free.next().expect("there are more names than parameters")
}

fn parameter_names<'a>(items: &'a [Item], found: &mut Vec<&'a str>) {
    for item in items {
        match &item.content {
            Content::Parameters(own) => found.extend(own.parameters.iter().map(|one| one.name.as_str())),
            Content::Group(group) => parameter_names(&group.items, found),
            Content::Text(_) | Content::Links(_) | Content::Panel(_) | Content::Placeholder(_) => {}
        }
    }
}

fn item(number: usize, name: &str, content: Content) -> Item {
    Item {
        id: number.to_string(),
        name: name.to_owned(),
        width: 100,
        border: false,
        conditions: Vec::new(),
        content,
    }
}

fn links(number: usize, tabs: &[TabForm], parameter: &str) -> Item {
    let link = |tab: &TabForm| Link {
        label: tab.name.clone(),
        before: String::new(),
        after: String::new(),
        action: LinkAction::Parameter { name: parameter.to_owned(), value: tab.name.clone() },
    };
    let links = Links { style: LinksStyle::Tabs, links: tabs.iter().map(link).collect() };
    item(number, "tabs", Content::Links(links))
}

fn group(number: usize, tab: &TabForm, items: Vec<Item>, parameter: &str) -> Item {
    let shown =
        Condition { parameter: parameter.to_owned(), comparison: Comparison::Equal, value: tab.name.clone() };
    let group = Content::Group(Group { items, ..Group::default() });
    Item { conditions: vec![shown], ..item(number, &tab.name, group) }
}

/// Everything named is there: panels that are drilled down to, parameters, colours, icons.
///
/// # Errors
/// When something is not.
pub fn check(workbook: &Workbook) -> Result<(), DashboardError> {
    let mut panels = Vec::new();
    gather(&workbook.items, &mut panels);
    let mut parameters = Vec::new();
    parameter_names(&workbook.items, &mut parameters);
    for (at, (name, panel)) in panels.iter().enumerate() {
        let named = |error: DashboardError| error.within(&format!("panel `{name}`"));
        if !name.is_empty() && panels[..at].iter().any(|(other, _)| same(other, name)) {
            return Err(named(DashboardError::new("an earlier panel has that name")));
        }
        if let Some((target, values)) = &panel.grid.drill_down {
            if !panels.iter().any(|(other, _)| same(other, target)) {
                return Err(named(unknown("panel", target, panels.iter().map(|(other, _)| *other))));
            }
            for (parameter, _) in values {
                if !parameters.iter().any(|known| same(known, parameter)) {
                    return Err(named(unknown("parameter", parameter, parameters.iter().copied())));
                }
            }
        }
        check_signs(panel).map_err(named)?;
    }
    Ok(())
}

fn gather<'a>(items: &'a [Item], found: &mut Vec<(&'a str, &'a Panel)>) {
    for item in items {
        match &item.content {
            Content::Panel(panel) => found.push((item.name.as_str(), panel)),
            Content::Group(group) => gather(&group.items, found),
            Content::Text(_) | Content::Links(_) | Content::Parameters(_) | Content::Placeholder(_) => {}
        }
    }
}

/// Colours and icons that are none would not be drawn.
fn check_signs(panel: &Panel) -> Result<(), DashboardError> {
    let tiles = panel.tiles.iter();
    let parts =
        tiles.flat_map(|tiles| [&tiles.title, &tiles.subtitle, &tiles.left, &tiles.right, &tiles.bottom]);
    let formatters: Vec<_> = panel.grid.formatters.iter().chain(parts.flatten()).collect();
    let thresholds = || formatters.iter().filter_map(|one| one.thresholds.as_ref());
    let by_value = thresholds().filter(|one| one.colours).flat_map(|one| &one.tests).map(|test| &test.shows);
    let of_parts = formatters.iter().flat_map(|one| &one.parts).map(|part| &part.colour);
    let of_series = panel.chart.labels.iter().filter_map(|label| label.colour.as_ref());
    for colour in by_value.chain(of_parts).chain(of_series).filter(|colour| !colour.is_empty()) {
        if Colour::from_name(colour).is_none() {
            return Err(DashboardError::new(format!("no colour named `{colour}`")));
        }
    }
    for icon in thresholds().filter(|one| !one.colours).flat_map(|one| &one.tests).map(|test| &test.shows) {
        if !icon.is_empty() && !icon.eq_ignore_ascii_case("blank") && Icon::from_name(icon).is_none() {
            return Err(DashboardError::new(format!("no icon named `{icon}`")));
        }
    }
    Ok(())
}
