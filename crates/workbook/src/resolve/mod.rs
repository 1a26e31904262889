//! From a workbook to a page: values of parameters, conditions, answers and drawings. In: the workbook, an engine, and
//! what the reader asks. Out: a page in which nothing is open any more.
//!
//! The steps: the workbook is laid out (`outline`), what the reader gave is sorted by parameter (`given`), then all
//! parts of the page are made, each when what it needs is there (`schedule`), and put together (`assemble`).

mod assemble;
mod cache;
mod given;
mod item;
mod job;
mod json;
mod kql;
mod merge;
mod notices;
mod options;
mod outline;
mod panel;
mod query;
mod rule;
#[cfg(test)]
mod sample;
mod schedule;
mod site;
mod value;

pub use cache::AnswerCache;
pub use options::{FindWorkbook, Now, PageOptions, Tabs};

use crate::error::DashboardError;
use crate::model::{Panel, Source, Workbook};
use crate::names::{same, unknown};
use crate::page::Page;
use assemble::Parts;
use calypso_engine::Engine;
use given::Given;
use outline::Outline;
use schedule::Part;
use site::Site;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Without any row there is no instant to look back from.
const LATE: i64 = i64::MAX >> 2;

/// Where a panel stands in a workbook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PanelPlace {
    /// Its item's id.
    pub item: String,
    /// Its title as it is described; where that has parameters, the item's name.
    pub title: String,
    /// The values that choose the tabs around it: keys and values.
    pub tabs: Vec<(String, String)>,
}

impl Workbook {
    /// Answers and draws what the reader asks for. A panel whose query fails says so itself; the others are drawn.
    ///
    /// # Errors
    /// When a parameter, panel or tab is not known, or a value is none of its parameter.
    pub fn page(&self, engine: &Engine, options: &PageOptions) -> Result<Page, DashboardError> {
        let outline = Outline::of(self);
        let mut given = Given::read(&outline, &options.parameters)?;
        let asked_tab = match &options.tab {
            Some(label) => Some(given.choose_tab(&outline, label)?),
            None => None,
        };
        let alone = match &options.panel {
            Some(name) => Some(panel_named(&outline, name)?),
            None => None,
        };
        let generation = options.cache.as_ref().map_or(0, |cache| cache.generation());
        let newest = notices::newest(self, engine, options, generation);
        let now = match options.now {
            Now::At(ticks) => ticks,
            Now::End => newest.time().unwrap_or(0),
        };
        let site = Site {
            workbook: self,
            outline: &outline,
            given: &given,
            options,
            engine,
            now: if now == 0 { LATE } else { now },
            generation,
            alone,
            asked_tab,
            worlds: Mutex::new(vec![BTreeMap::new()]),
            tab_worlds: Mutex::default(),
        };
        let made =
            schedule::run(Part::Roots, |part, look| site.attempt(part, look), |jobs| site.answers(jobs));
        let mut parts = Parts { site: &site, made };
        let settled = parts.settled();
        if let Some(why) = settled.iter().find_map(|(_, value)| value.refused.as_ref()) {
            return Err(DashboardError::new(why));
        }
        let mut notices = notices::age(self, &newest, &settled);
        notices.extend(notices::unknown_values(&outline, &given, &settled));
        Ok(Page {
            name: self.name.clone(),
            title: parts.words(&self.title),
            now,
            notices,
            alone: alone.is_some(),
            given: given.pairs(&outline),
            items: parts.items(),
        })
    }

    /// Whether a value can be given under that name or key.
    pub fn takes(&self, parameter: &str) -> bool {
        given::takes(&Outline::of(self), parameter)
    }

    /// Where the panel of that name, title or file stands.
    pub fn panel_place(&self, panel: &str) -> Option<PanelPlace> {
        let outline = Outline::of(self);
        let at = panel_named(&outline, panel).ok()?;
        let mut given = Given::default();
        given.choose_around(&outline, at);
        let item = outline.spots[at].item;
        // A title with parameters is known on the page alone.
        let title = outline.panel(at).map(|panel| panel.title.as_str());
        let title = title.filter(|title| !title.trim().is_empty() && !title.contains('{'));
        Some(PanelPlace {
            item: item.id.clone(),
            title: title.unwrap_or(&item.name).to_owned(),
            tabs: given.pairs(&outline),
        })
    }
}

/// The panel of that name, title or file.
fn panel_named(outline: &Outline<'_>, wanted: &str) -> Result<usize, DashboardError> {
    let panels: Vec<(usize, &Panel)> =
        (0..outline.spots.len()).filter_map(|at| Some((at, outline.panel(at)?))).collect();
    let name = |at: usize| outline.spots[at].item.name.as_str();
    // A name without letters is the same as no name.
    let written = wanted.chars().any(char::is_alphanumeric);
    let first = |is: &dyn Fn(usize, &Panel) -> bool| {
        panels.iter().find(|(at, panel)| written && is(*at, panel)).map(|(at, _)| *at)
    };
    let found = first(&|at, _| name(at) == wanted)
        .or_else(|| first(&|at, _| same(name(at), wanted)))
        .or_else(|| first(&|_, panel| same(&panel.title, wanted)))
        .or_else(|| first(&|_, panel| file_stem(panel).is_some_and(|stem| same(stem, wanted))));
    if let Some(found) = found {
        return Ok(found);
    }
    let known = panels.iter().flat_map(|(at, panel)| [name(*at), panel.title.as_str()]);
    let mut known: Vec<&str> = known.filter(|name| !name.is_empty()).collect();
    known.dedup();
    Err(unknown("panel", wanted, known))
}

/// The name of the file a panel's query stands in, without its end.
fn file_stem(panel: &Panel) -> Option<&str> {
    match &panel.source {
        Source::Query(query) => std::path::Path::new(&query.place).file_stem()?.to_str(),
        Source::Merge(_) | Source::Json(_) => None,
    }
}
