//! Faults of a workbook that can be seen without running it: why a panel is empty, broken, or not what it says. In: the
//! workbook. Out: findings, each with its place, the reason, and a way out.

mod panels;
mod parameters;
mod provisioning;
mod query_text;
mod reading;
mod structure;
mod survey;
#[cfg(test)]
mod tests;
mod values;

pub use reading::unreadable_queries;

use crate::model::{Expansion, Workbook};
use survey::Survey;

/// A fault, or what can look like one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Where: `item 4.2 (Errors)`, `item 3 (pickers), parameter Status`.
    pub place: String,
    /// How bad it is.
    pub severity: Severity,
    /// What was found.
    pub what: String,
    /// What comes of it.
    pub why: String,
    /// What to do about it.
    pub way_out: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Something does not work.
    Fault,
    /// Something shows less, or other, than it seems.
    Warning,
    /// Something to know.
    Note,
}

impl Severity {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Fault => "fault",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// Everything that can be seen, in the order of the workbook.
pub fn findings(workbook: &Workbook) -> Vec<Finding> {
    let survey = Survey::of(workbook);
    let mut found = Found::default();
    structure::conditions(&survey, &mut found);
    structure::merges(&survey, &mut found);
    structure::placeholders(&survey, &mut found);
    panels::exports(&survey, &mut found);
    panels::tile_order(&survey, &mut found);
    panels::thresholds(&survey, &mut found);
    // Values given to `let`s are never put together as text.
    if workbook.expansion == Expansion::Braces {
        parameters::delimiters(&survey, &mut found);
        parameters::select_all(&survey, &mut found);
        parameters::undeclared(&survey, &mut found);
        parameters::unused(&survey, &mut found);
        parameters::declared_again(&survey, &mut found);
        values::words_for_empty(&survey, &mut found);
        panels::time_bounds(&survey, &mut found);
        panels::left_out(&survey, &mut found);
        panels::empty_matches_all(&survey, &mut found);
        provisioning::renamed_systems(&survey, &mut found);
        provisioning::empty_paths(&survey, &mut found);
    }
    found.0.sort_by_key(|(order, _)| *order);
    found.0.into_iter().map(|(_, finding)| finding).collect()
}

/// Findings with the number of their item.
#[derive(Default)]
struct Found(Vec<(usize, Finding)>);

impl Found {
    fn add(&mut self, at: &survey::At, severity: Severity, what: String, why: &str, way_out: &str) {
        let finding = Finding {
            place: at.place.clone(),
            severity,
            what,
            why: why.to_owned(),
            way_out: way_out.to_owned(),
        };
        self.0.push((at.order, finding));
    }
}

/// Names for a sentence: `a`, `b` and 3 more.
fn listed(names: &[String]) -> String {
    places(&names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>())
}

/// Places for a sentence: the same without marks around them.
fn places(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(4).cloned().collect();
    match names.len().saturating_sub(shown.len()) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
