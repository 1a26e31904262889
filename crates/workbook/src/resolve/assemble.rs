//! Puts the parts that were made together to a page.

use super::schedule::{Made, Part, World};
use super::site::Site;
use super::value::Settled;
use crate::chosen::Scope;
use crate::expand;
use crate::page::{PageBody, PageItem};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

/// All parts of a page.
pub struct Parts<'a> {
    pub site: &'a Site<'a>,
    pub made: HashMap<Part, Made>,
}

impl Parts<'_> {
    /// The items of the page.
    pub fn items(&mut self) -> Vec<PageItem> {
        match self.site.alone {
            Some(panel) => {
                let mut items = match self.made.remove(&Part::Roots) {
                    Some(Made::Pickers(items)) => Arc::unwrap_or_clone(items),
                    Some(
                        Made::Nothing | Made::Shown(_) | Made::Item(_) | Made::Value(_) | Made::Answer(_),
                    )
                    | None => Vec::new(),
                };
                items.extend(self.item(0, panel));
                items
            }
            None => self.all(0, &self.site.outline.roots),
        }
    }

    /// Values of parameters that were settled, in document order; the reader's own world goes before those of tabs.
    pub fn settled(&self) -> Vec<(usize, Arc<Settled>)> {
        let worlds = self.site.worlds.lock().unwrap_or_else(PoisonError::into_inner).len();
        let value = |at| (0..worlds).find_map(|world| self.value(world, at));
        (0..self.site.outline.declared.len()).filter_map(|at| Some((at, value(at)?))).collect()
    }

    /// A text of the workbook itself, with what is settled by now.
    pub fn words(&self, text: &str) -> String {
        let mut scope = Scope::default();
        for name in expand::names(text) {
            let declared = self.site.outline.candidates(&name, self.site.outline.end()).first().copied();
            if let Some(value) = declared.and_then(|declared| self.value(0, declared)) {
                scope.values.insert(name, value.chosen.clone());
            }
        }
        expand::words(text, &scope, &self.site.circumstances())
    }

    fn value(&self, world: World, at: usize) -> Option<Arc<Settled>> {
        match self.made.get(&Part::Value(world, at))? {
            Made::Value(settled) => Some(Arc::clone(settled)),
            Made::Nothing | Made::Pickers(_) | Made::Shown(_) | Made::Item(_) | Made::Answer(_) => None,
        }
    }

    fn all(&mut self, world: World, items: &[usize]) -> Vec<PageItem> {
        items.iter().filter_map(|at| self.item(world, *at)).collect()
    }

    /// An item with what stands within it. What was not made, or is put elsewhere, is left out.
    fn item(&mut self, world: World, at: usize) -> Option<PageItem> {
        let Some(Made::Item(Some(item))) = self.made.remove(&Part::Item(world, at)) else { return None };
        let mut item = Arc::unwrap_or_clone(item);
        let site = self.site;
        match &mut item.body {
            PageBody::Group { items, .. } => *items = self.all(world, &site.outline.spots[at].children),
            PageBody::Tabs(tabs) => {
                let worlds =
                    site.tab_worlds.lock().unwrap_or_else(PoisonError::into_inner).remove(&(world, at));
                let on_it = site.outline.siblings(at).iter().copied();
                let on_it: Vec<usize> =
                    on_it.filter(|one| site.outline.stands_on(*one) == Some(at)).collect();
                for (tab, inside) in tabs.iter_mut().zip(worlds.unwrap_or_default()) {
                    tab.items = inside.map(|inside| self.all(inside, &on_it));
                }
            }
            PageBody::Text { .. }
            | PageBody::Pickers(_)
            | PageBody::Links { .. }
            | PageBody::Panel(_)
            | PageBody::Placeholder { .. } => {}
        }
        Some(item)
    }
}
