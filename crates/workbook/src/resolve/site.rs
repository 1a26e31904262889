//! A page in the making: the workbook laid out, what the reader gave, the engine. In: a part to be made. Out: what it is, once all that it
//! needs is there; see `schedule`.

use super::given::Given;
use super::job::{Fill, Job, Reply};
use super::options::{PageOptions, Tabs};
use super::outline::{Outline, Place};
use super::panel::leaves_all_in;
use super::schedule::{Look, Made, Part, World};
use crate::chosen::{Circumstances, Held, Scope};
use crate::expand;
use crate::model::{Condition, Content, TimeContext, Workbook};
use calypso_engine::{Engine, QueryError};
use calypso_library::Table;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The worlds of tabs, by the world of their item and its number.
pub type TabWorlds = BTreeMap<(World, usize), Vec<Option<World>>>;

/// A page in the making.
pub struct Site<'a> {
    pub workbook: &'a Workbook,
    pub outline: &'a Outline<'a>,
    pub given: &'a Given,
    pub options: &'a PageOptions,
    pub engine: &'a Engine,
    /// The page's instant, ticks.
    pub now: i64,
    /// The state of the logs when the page was begun.
    pub generation: u64,
    /// The one panel asked for.
    pub alone: Option<usize>,
    /// The tabs of which one was asked for.
    pub asked_tab: Option<usize>,
    /// What is set otherwise in each world but the reader's own: parameter and value.
    pub worlds: Mutex<Vec<BTreeMap<usize, String>>>,
    /// The world of each tab of tabs in a world; none where it is not made.
    pub tab_worlds: Mutex<TabWorlds>,
}

impl Site<'_> {
    /// Tries a part.
    pub fn attempt(&self, part: &Part, look: &Look<'_>) -> Option<Made> {
        match part {
            Part::Roots => {
                let Some(panel) = self.alone else {
                    self.want_all(look, 0, &self.outline.roots)?;
                    return Some(Made::Nothing);
                };
                look.finished(Part::Item(0, panel))?;
                self.pickers_of(look).map(|items| Made::Pickers(Arc::new(items)))
            }
            Part::Shown(world, at) => self.is_shown(look, *world, *at).map(Made::Shown),
            Part::Item(world, at) => self.item(look, *world, *at).map(|item| Made::Item(item.map(Arc::new))),
            Part::Value(world, at) => {
                self.settle(look, *world, *at).map(|value| Made::Value(Arc::new(value)))
            }
            Part::Query(job) => self.answer(look, job).map(Made::Answer),
        }
    }

    /// Has items made, those on tabs by their tabs.
    pub fn want_all(&self, look: &Look<'_>, world: World, items: &[usize]) -> Option<()> {
        let mut known = Some(());
        for at in items {
            match self.outline.stands_on(*at) {
                Some(tabs) => match self.tabs_hold(look, world, tabs) {
                    Some(true) => {}
                    Some(false) => look.want(Part::Item(world, *at)),
                    None => known = None,
                },
                None => look.want(Part::Item(world, *at)),
            }
        }
        known
    }

    /// Whether tabs are shown and one of them is chosen, so that items stand on them.
    pub fn tabs_hold(&self, look: &Look<'_>, world: World, tabs: usize) -> Option<bool> {
        Some(look.shown(world, tabs)? && self.selected(look, world, tabs)?.is_some())
    }

    /// Whether all tabs of an item are made.
    pub fn makes_all(&self, tabs: usize) -> bool {
        self.options.tabs == Tabs::All && self.asked_tab != Some(tabs)
    }

    /// The world in which a parameter has that value.
    pub fn world(&self, from: World, parameter: usize, value: String) -> World {
        let mut worlds = self.worlds.lock().unwrap_or_else(PoisonError::into_inner);
        let mut set = worlds.get(from).cloned().unwrap_or_default();
        set.insert(parameter, value);
        match worlds.iter().position(|known| *known == set) {
            Some(known) => known,
            None => {
                worlds.push(set);
                worlds.len() - 1
            }
        }
    }

    /// What a parameter is set to in a world.
    pub fn set_in(&self, world: World, parameter: usize) -> Option<String> {
        let worlds = self.worlds.lock().unwrap_or_else(PoisonError::into_inner);
        worlds.get(world)?.get(&parameter).cloned()
    }

    fn is_shown(&self, look: &Look<'_>, world: World, at: usize) -> Option<bool> {
        let asked_for = |alone: usize| alone == at || self.outline.around(alone).any(|group| group == at);
        if self.alone.is_some_and(asked_for) {
            return Some(true);
        }
        let item = self.outline.spots[at].item;
        if matches!(&item.content, Content::Panel(panel) if panel.on_demand)
            && !self.is_led_to(look, world, &item.name)?
        {
            return Some(false);
        }
        if let Some(parent) = self.outline.spots[at].parent
            && !look.shown(world, parent)?
        {
            return Some(false);
        }
        self.all_hold(look, world, self.outline.place(at), &item.conditions)
    }

    /// Whether a row was clicked that leads to the item of that name: one of the parameters that the row tells is set.
    fn is_led_to(&self, look: &Look<'_>, world: World, name: &str) -> Option<bool> {
        for (at, spot) in self.outline.spots.iter().enumerate() {
            let Content::Panel(panel) = &spot.item.content else { continue };
            let Some((_, told)) = panel.grid.drill_down.as_ref().filter(|(item, _)| item == name) else {
                continue;
            };
            for (parameter, _) in told {
                let Some(declared) = self.find(look, world, self.outline.place(at), parameter)? else {
                    continue;
                };
                if !leaves_all_in(&look.value(world, declared)?.chosen) {
                    return Some(true);
                }
            }
        }
        Some(false)
    }

    /// Whether all conditions hold.
    pub fn all_hold(
        &self,
        look: &Look<'_>,
        world: World,
        place: Place,
        conditions: &[Condition],
    ) -> Option<bool> {
        for condition in conditions {
            let mut names = expand::names(&condition.value);
            names.push(condition.parameter.clone());
            let scope = self.scope(look, world, place, &names)?;
            if !expand::holds(condition, &scope, &self.circumstances()) {
                return Some(false);
            }
        }
        Some(true)
    }

    /// The circumstances of all texts.
    pub fn circumstances(&self) -> Circumstances {
        Circumstances { now: self.now, faithful: self.options.faithful, expansion: self.workbook.expansion }
    }

    /// The declaration a name means at a place: the likeliest that is shown, else the likeliest. The outer nothing means
    /// that it is not known yet.
    pub fn find(&self, look: &Look<'_>, world: World, place: Place, name: &str) -> Option<Option<usize>> {
        let candidates = self.outline.candidates(name, place);
        if candidates.len() > 1 {
            for one in &candidates {
                if self.in_force(look, world, *one)? {
                    return Some(Some(*one));
                }
            }
        }
        Some(candidates.first().copied())
    }

    /// Whether a declaration is shown; what clicks set always is.
    fn in_force(&self, look: &Look<'_>, world: World, declared: usize) -> Option<bool> {
        let one = &self.outline.declared[declared];
        let super::outline::By::Parameter(parameter, _) = &one.by else { return Some(true) };
        let place = self.outline.place_of(declared);
        Some(look.shown(world, one.item)? && self.all_hold(look, world, place, &parameter.conditions)?)
    }

    /// The values of those names at a place; names of no parameter are left out.
    pub fn scope(
        &self,
        look: &Look<'_>,
        world: World,
        place: Place,
        names: &[String],
    ) -> Option<Scope<'static>> {
        let mut scope = Scope::default();
        let mut whole = true;
        for name in names {
            match self.find(look, world, place, name) {
                None => whole = false,
                Some(None) => {}
                Some(Some(declared)) => match look.value(world, declared) {
                    Some(value) => {
                        scope.values.insert(name.clone(), value.chosen.clone());
                    }
                    None => whole = false,
                },
            }
        }
        whole.then_some(scope)
    }

    /// A text for readers.
    pub fn words(&self, look: &Look<'_>, world: World, place: Place, text: &str) -> Option<String> {
        let scope = self.scope(look, world, place, &expand::names(text))?;
        Some(expand::words(text, &scope, &self.circumstances()))
    }

    /// The bounds a time context gives: from, to (excluded). A range leaves out its start and includes its end; the
    /// engine does the opposite.
    pub fn bounds(
        &self,
        look: &Look<'_>,
        world: World,
        place: Place,
        time: &TimeContext,
    ) -> Option<Option<(i64, i64)>> {
        let bounds = match time {
            TimeContext::InQuery | TimeContext::Milliseconds(..=0) => None,
            TimeContext::Milliseconds(length) => {
                let from = length.checked_mul(10_000).and_then(|ticks| self.now.checked_sub(ticks));
                Some((from.unwrap_or(0).max(0), self.now))
            }
            TimeContext::Parameter(name) => {
                let scope = self.scope(look, world, place, std::slice::from_ref(name))?;
                match scope.get(name).map(|chosen| &chosen.held) {
                    Some(Held::Time(range)) => Some((range.from, range.to)),
                    Some(Held::Unset | Held::Text(_) | Held::Picked { .. }) | None => None,
                }
            }
        };
        Some(bounds.map(|(from, to)| (from.saturating_add(1), to.saturating_add(1))))
    }

    /// The answer of a query: as it is kept, else by the engine.
    fn answer(&self, look: &Look<'_>, job: &Arc<Job>) -> Option<Reply> {
        let cache = self.options.cache.as_ref();
        if let Some(answer) = cache.and_then(|cache| cache.get(self.generation, job.key())) {
            return Some(Ok(answer));
        }
        let mut tables = Vec::with_capacity(job.tables.len());
        for (name, fill) in &job.tables {
            match fill {
                Fill::Rows(table, _) => tables.push(Table { name: name.clone(), ..Table::clone(table) }),
                Fill::Answer(inner) => match look.answer(inner)? {
                    Ok(answer) => {
                        let (columns, batches) = (answer.columns.clone(), answer.batches.clone());
                        tables.push(Table { name: name.clone(), columns, batches });
                    }
                    Err(error) => return Some(Err(error)),
                },
            }
        }
        let reply = job.run(self.engine, tables, &self.options.cancel);
        self.keep(job, &reply);
        Some(reply)
    }

    /// The answers of queries that read the logs alone: as they are kept, the others by the engine all at once.
    pub fn answers(&self, jobs: &[Arc<Job>]) -> Vec<Reply> {
        let cache = self.options.cache.as_ref();
        let kept = |job: &Arc<Job>| cache.and_then(|cache| cache.get(self.generation, job.key())).map(Ok);
        let mut replies: Vec<Option<Reply>> = jobs.iter().map(kept).collect();
        let open = jobs.iter().zip(&replies).filter(|(_, reply)| reply.is_none());
        let open: Vec<Arc<Job>> = open.map(|(job, _)| Arc::clone(job)).collect();
        let mut made = Job::run_many(&open, self.engine, &self.options.cancel).into_iter();
        for (job, reply) in jobs.iter().zip(&mut replies).filter(|(_, reply)| reply.is_none()) {
            *reply = made.next();
            if let Some(reply) = reply {
                self.keep(job, reply);
            }
        }
        replies.into_iter().flatten().collect()
    }

    fn keep(&self, job: &Job, reply: &Reply) {
        if let (Some(cache), Ok(answer)) = (&self.options.cache, reply) {
            cache.put(self.generation, job.key(), answer);
        }
    }
}

/// Whether an error says that the text itself is wrong.
pub fn is_wrong(error: &QueryError) -> bool {
    match error {
        QueryError::Diagnostics(_) => true,
        QueryError::Execution(_) | QueryError::Cancelled => false,
    }
}
