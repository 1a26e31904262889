//! Items of the page: texts, pickers, links, tabs, groups. In: an item as described. Out: it with every text final, or
//! nothing where it is not shown. What stands within groups and on tabs is made for itself and put in at the end; see
//! `assemble`.

use super::outline::{By, Place};
use super::schedule::{Look, Part, World};
use super::site::Site;
use super::value::Settled;
use crate::chosen::{Held, Scope};
use crate::draw::address;
use crate::expand;
use crate::model::{
    Choice, Choices, Content, Group, Link, LinkAction, Links, LinksStyle, Load, Parameter, ParameterKind,
    Parameters, Text,
};
use crate::page::{PageBody, PageItem, PageLink, PageTab, Picker};
use crate::time_range::TimeRange;
use calypso_view::Action;

impl Site<'_> {
    /// An item; the inner nothing where it is not shown.
    pub fn item(&self, look: &Look<'_>, world: World, at: usize) -> Option<Option<PageItem>> {
        if !look.shown(world, at)? {
            return Some(None);
        }
        let item = self.outline.spots[at].item;
        let body = match &item.content {
            Content::Text(text) => Some(self.text(look, world, at, text)?),
            Content::Parameters(list) => self.pickers(look, world, at, list)?,
            Content::Links(links) if links.style == LinksStyle::Tabs && self.outline.tabs(at).is_some() => {
                Some(self.tabs(look, world, at, links)?)
            }
            Content::Links(links) => Some(self.links(look, world, at, links)?),
            Content::Group(group) => Some(self.group(look, world, at, group)?),
            Content::Panel(panel) => Some(PageBody::Panel(Box::new(self.panel(look, world, at, panel)?))),
            Content::Placeholder(placeholder) => Some(PageBody::Placeholder {
                what: placeholder.what.clone(),
                title: self.words(look, world, self.outline.place(at), &placeholder.title)?,
                why: placeholder.why.clone(),
            }),
        };
        Some(body.map(|body| PageItem {
            id: item.id.clone(),
            name: item.name.clone(),
            width: item.width,
            border: item.border,
            body,
        }))
    }

    fn text(&self, look: &Look<'_>, world: World, at: usize, text: &Text) -> Option<PageBody> {
        let names = expand::names(&text.markdown);
        let scope: Scope<'_> = self.scope(look, world, self.outline.place(at), &names)?;
        let markdown = expand::markdown(&text.markdown, &scope, &self.circumstances());
        Some(PageBody::Text { markdown, message: text.message })
    }

    fn group(&self, look: &Look<'_>, world: World, at: usize, group: &Group) -> Option<PageBody> {
        let title = self.words(look, world, self.outline.place(at), &group.title);
        self.want_all(look, world, &self.outline.spots[at].children)?;
        let expanded = match (group.load, group.expandable) {
            (Load::Explicit, _) => Some(false),
            (Load::Lazy | Load::Always, true) => Some(group.expanded),
            (Load::Lazy | Load::Always, false) => None,
        };
        Some(PageBody::Group { title: title?, expanded, items: Vec::new() })
    }

    fn links(&self, look: &Look<'_>, world: World, at: usize, links: &Links) -> Option<PageBody> {
        let made = links.links.iter().map(|link| self.link(look, world, at, link));
        Some(PageBody::Links { style: links.style, links: made.collect::<Option<_>>()? })
    }

    fn link(&self, look: &Look<'_>, world: World, at: usize, link: &Link) -> Option<PageLink> {
        let place = self.outline.place(at);
        let words = |text: &str| self.words(look, world, place, text);
        let (label, before, after) = (words(&link.label), words(&link.before), words(&link.after));
        let action = match &link.action {
            LinkAction::Parameter { name, value } => {
                let key = match self.find(look, world, place, name)? {
                    Some(declared) => self.outline.key(declared),
                    None => name.clone(),
                };
                Action::Set(vec![(key, words(value)?)])
            }
            LinkAction::Step(name) => match self.outline.named(name, at) {
                Some(item) => Action::Jump(self.outline.spots[item].item.id.clone()),
                None => Action::Portal(format!("shows the item {name}, which this workbook does not have")),
            },
            LinkAction::Url(url) => {
                let url = words(url)?;
                match address(&url) {
                    Some(url) => Action::Open(url),
                    None => Action::Portal(format!("opens {url}, which is no address of the web")),
                }
            }
            LinkAction::Workbook(template) => match self.other_workbook(template) {
                Some(name) => Action::Workbook { name, given: self.passed(look, world, place)? },
                None => Action::Portal(format!("opens the workbook {template}")),
            },
            LinkAction::Portal(what) => Action::Portal(what.clone()),
        };
        Some(PageLink { label: label?, before: before?, after: after?, action })
    }

    /// The name another workbook is loaded by.
    pub fn other_workbook(&self, template: &str) -> Option<String> {
        self.options.workbooks.as_ref().and_then(|find| find(template))
    }

    fn tabs(&self, look: &Look<'_>, world: World, at: usize, links: &Links) -> Option<PageBody> {
        let selected = self.selected(look, world, at)?;
        let values = self.tab_values(look, world, at)?;
        let mut tabs = Vec::with_capacity(links.links.len());
        let mut worlds = Vec::with_capacity(links.links.len());
        for (number, link) in links.links.iter().enumerate() {
            let PageLink { label, action, .. } = self.link(look, world, at, link)?;
            let made = self.tab_world(world, at, number, selected, &values).filter(|_| selected.is_some());
            worlds.push(made);
            if let Some(inside) = made {
                let on_it =
                    self.outline.siblings(at).iter().filter(|one| self.outline.stands_on(**one) == Some(at));
                on_it.for_each(|one| look.want(Part::Item(inside, *one)));
            }
            tabs.push(PageTab { label, selected: selected == Some(number), action, items: None });
        }
        let mut tab_worlds = self.tab_worlds.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        tab_worlds.insert((world, at), worlds);
        Some(PageBody::Tabs(tabs))
    }

    /// The world in which a tab's items are made; none where they are not.
    fn tab_world(
        &self,
        world: World,
        tabs: usize,
        number: usize,
        selected: Option<usize>,
        values: &[(String, String)],
    ) -> Option<World> {
        if selected == Some(number) {
            return Some(world);
        }
        let (links, set) = self.outline.tabs(tabs).filter(|_| self.makes_all(tabs))?;
        let LinkAction::Parameter { .. } = &links.links.get(number)?.action else { return None };
        Some(self.world(world, set, values.get(number)?.1.clone()))
    }

    fn pickers(
        &self,
        look: &Look<'_>,
        world: World,
        at: usize,
        list: &Parameters,
    ) -> Option<Option<PageBody>> {
        let mut pickers = Vec::new();
        let mut whole = Some(());
        let declared = (0..self.outline.declared.len()).filter(|one| self.outline.declared[*one].item == at);
        for one in declared {
            let By::Parameter(parameter, _) = &self.outline.declared[one].by else { continue };
            if parameter.hidden {
                continue;
            }
            match self.picker(look, world, one, parameter) {
                Some(picker) => pickers.extend(picker),
                None => whole = None,
            }
        }
        whole?;
        debug_assert!(pickers.len() <= list.parameters.len(), "no picker but for a parameter");
        Some((!pickers.is_empty()).then_some(PageBody::Pickers(pickers)))
    }

    /// The pickers of the parameters that were needed for a panel alone, by item.
    pub fn pickers_of(&self, look: &Look<'_>) -> Option<Vec<PageItem>> {
        let mut items: Vec<PageItem> = Vec::new();
        for one in look.settled(0) {
            let declared = &self.outline.declared[one];
            let By::Parameter(parameter, _) = &declared.by else { continue };
            if parameter.hidden {
                continue;
            }
            let Some(picker) = self.picker(look, 0, one, parameter)? else { continue };
            let item = self.outline.spots[declared.item].item;
            match items.last_mut().filter(|last| last.id == item.id).map(|last| &mut last.body) {
                Some(PageBody::Pickers(pickers)) => pickers.push(picker),
                Some(_) | None => items.push(PageItem {
                    id: item.id.clone(),
                    name: item.name.clone(),
                    width: item.width,
                    border: item.border,
                    body: PageBody::Pickers(vec![picker]),
                }),
            }
        }
        Some(items)
    }

    /// The picker of a parameter; the inner nothing where it is not shown.
    pub fn picker(
        &self,
        look: &Look<'_>,
        world: World,
        declared: usize,
        parameter: &Parameter,
    ) -> Option<Option<Picker>> {
        let place = self.outline.place_of(declared);
        if !self.all_hold(look, world, place, &parameter.conditions)? {
            return Some(None);
        }
        let label = self.words(look, world, place, parameter.label());
        let description = match &parameter.description {
            Some(text) => Some(self.words(look, world, place, text)?),
            None => None,
        };
        let settled = look.value(world, declared)?;
        let is_time = parameter.kind == ParameterKind::TimeRange;
        Some(Some(Picker {
            key: self.outline.key(declared),
            label: label?,
            description,
            kind: parameter.kind.clone(),
            multiple: parameter.multiple || parameter.kind == ParameterKind::MultiValue,
            offers_all: parameter.offers_all,
            required: parameter.required,
            quiet: parameter.quiet,
            shown: expand::shown(&settled.chosen),
            chosen: chosen_again(&settled),
            choices: if is_time { self.durations(parameter) } else { offered(parameter, &settled) },
            custom_time: is_time && parameter.custom_time,
            problem: settled.problem.clone(),
        }))
    }

    fn durations(&self, parameter: &Parameter) -> Vec<Choice> {
        let ranges = parameter.durations.iter();
        let ranges = ranges.filter_map(|length| TimeRange::of_milliseconds(*length, self.now));
        ranges.map(|range| Choice { label: range.label(), value: range.text, ..Choice::default() }).collect()
    }

    /// Names and values of all parameters seen at a place, as another workbook is given them.
    pub fn passed(&self, look: &Look<'_>, world: World, place: Place) -> Option<Vec<(String, String)>> {
        let mut names: Vec<&str> = Vec::new();
        for one in &self.outline.declared {
            if !names.contains(&one.name) && !self.outline.candidates(one.name, place).is_empty() {
                names.push(one.name);
            }
        }
        let mut passed = Vec::new();
        for name in names {
            let Some(declared) = self.find(look, world, place, name)? else { continue };
            let settled = look.value(world, declared)?;
            passed.extend(chosen_again(&settled).into_iter().map(|value| (name.to_owned(), value)));
        }
        Some(passed)
    }
}

/// The values offered; a list of numbers of first values is offered as such, too.
fn offered(parameter: &Parameter, settled: &Settled) -> Vec<Choice> {
    // The rows behind a text are its value, not a list to choose from.
    let listed = match &parameter.choices {
        Choices::None | Choices::List(_) => true,
        Choices::Query(_)
        | Choices::Json(_)
        | Choices::Rows(_)
        | Choices::Criteria(_)
        | Choices::Unavailable(_) => parameter.kind != ParameterKind::Text,
    };
    if !listed {
        return Vec::new();
    }
    let first = parameter.offers_first.iter().map(|count| {
        let label = if *count == 1 { "Any one".to_owned() } else { format!("Any {count}") };
        Choice { value: format!("value::{count}"), label, ..Choice::default() }
    });
    first.chain(settled.offered.iter().cloned()).collect()
}

/// The values chosen, as they are given again.
fn chosen_again(settled: &Settled) -> Vec<String> {
    match &settled.chosen.held {
        Held::Unset => Vec::new(),
        Held::Text(text) => vec![text.clone()],
        Held::Time(range) => vec![range.text.clone()],
        Held::Picked { all: true, .. } => vec!["all".to_owned()],
        // One alone is read for commas and words, several are taken as they stand.
        Held::Picked { values, .. } => match values.as_slice() {
            [one] => vec![expand::given_text(&one.value)],
            several => several.iter().map(|one| one.value.clone()).collect(),
        },
    }
}
