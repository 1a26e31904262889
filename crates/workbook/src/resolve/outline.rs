//! The tree of a workbook laid out for looking up: items by number in document order, and the parameters that are
//! declared with the level of the tree where each is seen. In: a workbook. Out: which declarations a name can mean at
//! a place.
//!
//! A group is a level of its own unless it exports its parameters. What clicks set (rows of panels, tabs, links) is
//! declared at the start of its level, a parameter where it stands.

use crate::model::{
    Content, Export, Group, Item, Link, LinkAction, Links, LinksStyle, Panel, Parameter, Workbook,
};
use crate::names::same;

/// A workbook laid out.
pub struct Outline<'w> {
    /// Every item in document order.
    pub spots: Vec<Spot<'w>>,
    /// The outermost items.
    pub roots: Vec<usize>,
    /// Every declared parameter in document order.
    pub declared: Vec<Declared<'w>>,
    levels: Vec<Level>,
}

/// An item with where it stands.
pub struct Spot<'w> {
    /// The item.
    pub item: &'w Item,
    /// The group around it.
    pub parent: Option<usize>,
    /// The items within, where it is a group.
    pub children: Vec<usize>,
    /// The level of what stands here.
    level: usize,
}

/// A group that keeps its parameters; the first is the workbook itself.
struct Level {
    /// The level around it, and the number of the group.
    around: Option<(usize, usize)>,
}

/// A parameter.
pub struct Declared<'w> {
    /// The name.
    pub name: &'w str,
    /// The item that declares it.
    pub item: usize,
    /// What declares it.
    pub by: By<'w>,
    /// The tabs that set it.
    pub tabs: Option<usize>,
    /// Which of those of its name it is, from 1, and how many there are.
    pub nth: (usize, usize),
    level: usize,
    /// From where on it holds: the item's number and the place within; 0 for the start of the level.
    order: (usize, usize),
}

/// What declares a parameter.
pub enum By<'w> {
    /// Itself; and the rows of a panel may set it, too.
    Parameter(&'w Parameter, Option<&'w Export>),
    /// A click on a row.
    Row(&'w Export),
    /// A click on a tab or link.
    Link,
}

/// Where a name is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    level: usize,
    order: (usize, usize),
    /// The parameter whose own text it is: it does not mean itself.
    itself: Option<usize>,
}

impl<'w> Outline<'w> {
    /// Lays a workbook out.
    pub fn of(workbook: &'w Workbook) -> Outline<'w> {
        let mut outline = Outline {
            spots: Vec::new(),
            roots: Vec::new(),
            declared: Vec::new(),
            levels: vec![Level { around: None }],
        };
        outline.roots = outline.lay(&workbook.items, None, 0);
        for at in 0..outline.spots.len() {
            outline.declare_rows(at);
        }
        for at in 0..outline.spots.len() {
            outline.declare_links(at);
        }
        outline.count();
        outline
    }

    fn lay(&mut self, items: &'w [Item], parent: Option<usize>, level: usize) -> Vec<usize> {
        let mut numbers = Vec::with_capacity(items.len());
        for item in items {
            let at = self.spots.len();
            numbers.push(at);
            self.spots.push(Spot { item, parent, children: Vec::new(), level });
            match &item.content {
                Content::Parameters(list) => {
                    for (within, parameter) in list.parameters.iter().enumerate() {
                        let level = if parameter.global { 0 } else { level };
                        let by = By::Parameter(parameter, None);
                        self.declare(&parameter.name, by, at, level, (at + 1, within));
                    }
                }
                Content::Group(group) => {
                    let inside = self.level_of(group, level, at);
                    self.spots[at].children = self.lay(&group.items, Some(at), inside);
                }
                Content::Text(_) | Content::Links(_) | Content::Panel(_) | Content::Placeholder(_) => {}
            }
        }
        numbers
    }

    fn level_of(&mut self, group: &Group, around: usize, at: usize) -> usize {
        if group.exports_parameters {
            return around;
        }
        self.levels.push(Level { around: Some((around, at)) });
        self.levels.len() - 1
    }

    fn declare(
        &mut self,
        name: &'w str,
        by: By<'w>,
        item: usize,
        level: usize,
        order: (usize, usize),
    ) -> usize {
        self.declared.push(Declared { name, item, by, tabs: None, nth: (1, 1), level, order });
        self.declared.len() - 1
    }

    /// What rows of a panel set. A parameter of the level that has the name already is the one that is set.
    fn declare_rows(&mut self, at: usize) {
        let Some(panel) = self.panel(at) else { return };
        let level = self.spots[at].level;
        for export in panel.exports.iter().filter(|export| !export.parameter.is_empty()) {
            let known =
                self.declared.iter_mut().find(|one| one.level == level && one.name == export.parameter);
            match known.map(|known| &mut known.by) {
                Some(By::Parameter(_, row)) => {
                    row.get_or_insert(export);
                }
                Some(By::Row(_) | By::Link) => {}
                None => {
                    self.declare(&export.parameter, By::Row(export), at, level, (0, 0));
                }
            }
        }
    }

    /// What links set, where nothing else declares it.
    fn declare_links(&mut self, at: usize) {
        let Content::Links(links) = &self.spots[at].item.content else { return };
        let level = self.spots[at].level;
        for name in links.links.iter().filter_map(parameter_of) {
            let known = self.candidates(name, self.place(at)).first().copied();
            let known = known.unwrap_or_else(|| self.declare(name, By::Link, at, level, (0, 0)));
            if links.style == LinksStyle::Tabs {
                self.declared[known].tabs.get_or_insert(at);
            }
        }
    }

    /// Puts the declarations into document order, and counts those of one name.
    fn count(&mut self) {
        self.declared.sort_by_key(|one| (one.item, one.order));
        for at in 0..self.declared.len() {
            let same_name = |one: &&Declared| one.name == self.declared[at].name;
            let before = self.declared[..at].iter().filter(same_name).count();
            let all = self.declared.iter().filter(same_name).count();
            self.declared[at].nth = (before + 1, all);
        }
    }

    /// The place of an item's own texts.
    pub fn place(&self, at: usize) -> Place {
        Place { level: self.spots[at].level, order: (at + 1, 0), itself: None }
    }

    /// The place of a parameter's own texts.
    pub fn place_of(&self, declared: usize) -> Place {
        let one = &self.declared[declared];
        let order = (one.item + 1, one.order.1);
        Place { level: self.spots[one.item].level, order, itself: Some(declared) }
    }

    /// The place of the workbook's own texts: after everything.
    pub fn end(&self) -> Place {
        Place { level: 0, order: (usize::MAX, 0), itself: None }
    }

    /// The declarations a name can mean at a place, the likeliest first: the last one before the place, from the inside
    /// out, then those that come later.
    pub fn candidates(&self, name: &str, place: Place) -> Vec<usize> {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut level = Some((place.level, place.order));
        while let Some((at, order)) = level {
            let here = |one: &(usize, &Declared)| one.1.level == at && one.1.name == name;
            let here =
                self.declared.iter().enumerate().filter(here).filter(|one| Some(one.0) != place.itself);
            let (mut earlier, mut later): (Vec<_>, Vec<_>) = here.partition(|one| one.1.order < order);
            earlier.sort_by_key(|one| std::cmp::Reverse(one.1.order));
            later.sort_by_key(|one| one.1.order);
            before.extend(earlier.into_iter().map(|one| one.0));
            after.extend(later.into_iter().map(|one| one.0));
            level = self.levels[at].around.map(|(around, group)| (around, (group + 1, 0)));
        }
        before.append(&mut after);
        before
    }

    /// The key under which a value is given.
    pub fn key(&self, declared: usize) -> String {
        let one = &self.declared[declared];
        match one.nth {
            (1, 1) => one.name.to_owned(),
            (nth, _) => format!("{}~{nth}", one.name),
        }
    }

    /// The panel an item is.
    pub fn panel(&self, at: usize) -> Option<&'w Panel> {
        match &self.spots[at].item.content {
            Content::Panel(panel) => Some(panel),
            Content::Text(_)
            | Content::Parameters(_)
            | Content::Links(_)
            | Content::Group(_)
            | Content::Placeholder(_) => None,
        }
    }

    /// The tabs an item is, and the parameter they set.
    pub fn tabs(&self, at: usize) -> Option<(&'w Links, usize)> {
        let Content::Links(links) = &self.spots[at].item.content else { return None };
        let tabs = links.style == LinksStyle::Tabs;
        let name = links.links.iter().find_map(parameter_of).filter(|_| tabs)?;
        Some((links, *self.candidates(name, self.place(at)).first()?))
    }

    /// The items beside it.
    pub fn siblings(&self, at: usize) -> &[usize] {
        match self.spots[at].parent {
            Some(parent) => &self.spots[parent].children,
            None => &self.roots,
        }
    }

    /// The tabs that an item stands on: the first before it, among its siblings, whose parameter its conditions name.
    pub fn stands_on(&self, at: usize) -> Option<usize> {
        let conditions = &self.spots[at].item.conditions;
        let mut before = self.siblings(at).iter().copied().take_while(|sibling| *sibling < at);
        before.find(|sibling| {
            let Some((_, set)) = self.tabs(*sibling) else { return false };
            conditions.iter().any(|condition| condition.parameter == self.declared[set].name)
        })
    }

    /// The item of that name nearest to a place: among its siblings, then outwards, then anywhere.
    pub fn named(&self, name: &str, near: usize) -> Option<usize> {
        let wanted = |at: &&usize| self.spots[**at].item.name == name && !name.is_empty();
        let mut inside = Some(near);
        while let Some(at) = inside {
            if let Some(found) = self.siblings(at).iter().find(wanted) {
                return Some(*found);
            }
            inside = self.spots[at].parent;
        }
        let anywhere = |spot: &Spot| spot.item.name == name;
        let found = self.spots.iter().position(anywhere);
        found
            .or_else(|| self.spots.iter().position(|spot| same(&spot.item.name, name)))
            .filter(|_| !name.is_empty())
    }

    /// Whether some condition tests a parameter of that name.
    pub fn is_tested(&self, name: &str) -> bool {
        self.spots.iter().any(|spot| {
            let of_parameters = match &spot.item.content {
                Content::Parameters(list) => list.parameters.as_slice(),
                Content::Text(_)
                | Content::Links(_)
                | Content::Group(_)
                | Content::Panel(_)
                | Content::Placeholder(_) => &[],
            };
            let of_parameters = of_parameters.iter().flat_map(|parameter| &parameter.conditions);
            spot.item.conditions.iter().chain(of_parameters).any(|condition| condition.parameter == name)
        })
    }

    /// The groups around an item, from the inside out.
    pub fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.spots[at].parent, |at| self.spots[*at].parent)
    }
}

/// The parameter a link sets.
fn parameter_of(link: &Link) -> Option<&str> {
    match &link.action {
        LinkAction::Parameter { name, .. } => Some(name.as_str()).filter(|name| !name.is_empty()),
        LinkAction::Step(_) | LinkAction::Url(_) | LinkAction::Workbook(_) | LinkAction::Portal(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::sample::{group, item, panel, parameter, tabs, workbook};

    fn outline_names(outline: &Outline, name: &str, at: usize) -> Vec<String> {
        outline.candidates(name, outline.place(at)).into_iter().map(|one| outline.key(one)).collect()
    }

    #[test]
    fn a_name_means_the_last_declaration_before_it_from_the_inside_out() {
        let inner = vec![item(parameter("P")), item(panel("x")), item(parameter("P"))];
        let workbook = workbook(vec![
            item(parameter("P")),
            item(group(inner.clone(), false)),
            item(panel("y")),
            item(parameter("P")),
            item(panel("z")),
        ]);
        let outline = Outline::of(&workbook);
        // 0 P, 1 group (2 P, 3 x, 4 P), 5 y, 6 P, 7 z
        assert_eq!(outline_names(&outline, "P", 3), ["P~2", "P~1", "P~3", "P~4"]);
        assert_eq!(outline_names(&outline, "P", 5), ["P~1", "P~4"]);
        assert_eq!(outline_names(&outline, "P", 7), ["P~4", "P~1"]);
        assert_eq!(outline_names(&outline, "Q", 7), [""; 0]);
    }

    #[test]
    fn what_a_group_exports_is_seen_outside() {
        for (exports, seen) in [(true, vec!["P"]), (false, vec![])] {
            let workbook = workbook(vec![item(group(vec![item(parameter("P"))], exports)), item(panel("x"))]);
            let outline = Outline::of(&workbook);
            assert_eq!(outline_names(&outline, "P", 2), seen);
        }
    }

    #[test]
    fn what_clicks_set_holds_from_the_start() {
        let mut rows = panel("rows");
        if let Content::Panel(panel) = &mut rows {
            panel.exports = vec![Export { parameter: "Picked".into(), ..Export::default() }];
        }
        let workbook = workbook(vec![item(panel("x")), item(rows), item(tabs("Tab", &["a", "b"]))]);
        let outline = Outline::of(&workbook);
        assert_eq!(outline_names(&outline, "Picked", 0), ["Picked"]);
        assert_eq!(outline_names(&outline, "Tab", 0), ["Tab"]);
        assert_eq!(
            outline.tabs(2).map(|(links, set)| (links.links.len(), outline.key(set))),
            Some((2, "Tab".into()))
        );
    }
}
