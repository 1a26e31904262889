//! From a query as described to a run of the engine: parameters in place, time bounded. What a reader chose reaches a
//! query as text in place of braces, in its quotes, or as the value of a `let`.

use super::job::{Job, sentence};
use super::outline::{By, Place};
use super::schedule::{Look, World};
use super::site::{Site, is_wrong};
use crate::chosen::Held;
use crate::expand;
use crate::model::{Expansion, ParameterKind, QueryText, TimeContext};
use calypso_engine::QueryError;
use calypso_library::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A run that a text asks for.
pub struct Asked {
    /// The run.
    pub job: Arc<Job>,
    /// What is to be known: sentences.
    pub notes: Vec<String>,
    /// The file it stands in, and the lines above it there.
    place: (String, usize),
    /// Labels of lists out of which nothing was chosen.
    open: Vec<String>,
}

impl Asked {
    /// A run of a text that was made here.
    pub fn made(job: Job, notes: Vec<String>) -> Asked {
        Asked { job: Arc::new(job), notes, place: (String::new(), 0), open: Vec::new() }
    }
}

impl Site<'_> {
    /// The run a query asks for, or a sentence why it cannot be asked.
    pub fn ask(
        &self,
        look: &Look<'_>,
        world: World,
        place: Place,
        query: &QueryText,
        time: &TimeContext,
        turn: u8,
    ) -> Option<Result<Asked, String>> {
        let names = match self.workbook.expansion {
            Expansion::Braces => expand::names(&query.text),
            Expansion::Lets => self
                .outline
                .declared
                .iter()
                .map(|one| one.name)
                .filter(|name| has_word(&query.text, &format!("_{name}")))
                .map(str::to_owned)
                .collect(),
        };
        let scope = self.scope(look, world, place, &names);
        let bounds = self.bounds(look, world, place, time);
        let mut named = names.clone();
        if let TimeContext::Parameter(name) = time {
            named.push(name.clone());
        }
        let open = self.open(look, world, place, &named);
        let (scope, bounds, (needed, open)) = (scope?, bounds?, open?);
        if let Some(label) = needed {
            let why = format!("choose a value for {label}");
            return Some(Err(self.with_cause(look, world, place, &names, why)?));
        }
        let (text, parameters, notes) = match self.workbook.expansion {
            Expansion::Braces => match expand::query(&query.text, &scope, &self.circumstances()) {
                Ok(expanded) => (expanded.text, BTreeMap::new(), expanded.notes),
                Err(why) => {
                    let why = self.with_cause(look, world, place, &names, why)?;
                    let file = &query.place;
                    return Some(Err(if file.is_empty() { why } else { format!("{file}: {why}") }));
                }
            },
            Expansion::Lets => {
                let mut bound = self.time_bound(look, world, place, time)?;
                bound.extend(self.values_bound(look, world, place, &names)?);
                (query.text.clone(), bound, Vec::new())
            }
        };
        let job = Arc::new(Job::new(text, self.now, bounds, parameters, turn));
        Some(Ok(Asked { job, notes, place: (query.place.clone(), query.skipped), open }))
    }

    /// Why a run gave no answer.
    pub fn why(&self, error: &QueryError, asked: &Asked) -> String {
        let told = sentence(error, &asked.job.text, &asked.place.0, asked.place.1);
        match asked.open.as_slice() {
            // An empty list of values in a query is most often the mistake.
            [] => told,
            open if is_wrong(error) => format!("choose a value for {}: {told}", open.join(", ")),
            _ => told,
        }
    }

    /// The label of a parameter that must have a value and has none, and the labels of lists without one.
    fn open(
        &self,
        look: &Look<'_>,
        world: World,
        place: Place,
        names: &[String],
    ) -> Option<(Option<String>, Vec<String>)> {
        let (mut needed, mut open) = (None, Vec::new());
        for name in names {
            let Some(declared) = self.find(look, world, place, name)? else { continue };
            let By::Parameter(parameter, _) = &self.outline.declared[declared].by else { continue };
            if !look.value(world, declared)?.is_unset() {
                continue;
            }
            let label = parameter.label().to_owned();
            if parameter.required {
                needed.get_or_insert(label);
            } else if matches!(parameter.kind, ParameterKind::DropDown | ParameterKind::Options) {
                open.push(label);
            }
        }
        Some((needed, open))
    }

    /// Why a query cannot be asked, and, where the values of a parameter it names could not be had, why not.
    fn with_cause(
        &self,
        look: &Look<'_>,
        world: World,
        place: Place,
        names: &[String],
        why: String,
    ) -> Option<String> {
        for name in names {
            let Some(declared) = self.find(look, world, place, name)? else { continue };
            let settled = look.value(world, declared)?;
            let empty = match &settled.chosen.held {
                Held::Unset => true,
                Held::Picked { values, .. } => values.is_empty(),
                Held::Text(_) | Held::Time(_) => false,
            };
            if let (true, Some(problem)) = (empty, &settled.problem) {
                return Some(format!("{why}: {problem}"));
            }
        }
        Some(why)
    }

    /// What queries see of parameters other than time ranges.
    fn values_bound(
        &self,
        look: &Look<'_>,
        world: World,
        place: Place,
        names: &[String],
    ) -> Option<Vec<(String, Value)>> {
        let mut bound = Vec::new();
        for name in names {
            let Some(declared) = self.find(look, world, place, name)? else { continue };
            let chosen = &look.value(world, declared)?.chosen;
            match (&self.outline.declared[declared].by, &chosen.held) {
                (_, Held::Time(_)) => {}
                (By::Parameter(parameter, _), _) => bound.extend(expand::bound(parameter, chosen)),
                (By::Row(_) | By::Link, _) => {
                    bound.push((format!("_{name}"), Value::String(expand::value_text(chosen))));
                }
            }
        }
        Some(bound)
    }

    /// What the time range that bounds a query is called in it; without one, the page's first.
    fn time_bound(
        &self,
        look: &Look<'_>,
        world: World,
        place: Place,
        time: &TimeContext,
    ) -> Option<BTreeMap<String, Value>> {
        let first = || {
            let is_time =
                |by: &By<'_>| matches!(by, By::Parameter(one, _) if one.kind == ParameterKind::TimeRange);
            self.outline.declared.iter().find(|one| is_time(&one.by)).map(|one| one.name.to_owned())
        };
        let name = match time {
            TimeContext::Parameter(name) => Some(name.clone()),
            TimeContext::InQuery | TimeContext::Milliseconds(_) => first(),
        };
        let scope = self.scope(look, world, place, name.as_slice())?;
        let bound = name.and_then(|name| match &scope.get(&name)?.held {
            Held::Time(range) => Some(BTreeMap::from([
                ("_startTime".to_owned(), Value::DateTime(range.from)),
                ("_endTime".to_owned(), Value::DateTime(range.to)),
                ("_grain".to_owned(), Value::TimeSpan(range.grain())),
            ])),
            Held::Unset | Held::Text(_) | Held::Picked { .. } => None,
        });
        Some(bound.unwrap_or_default())
    }
}

/// Whether a text has that word.
pub fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(part) && !text[at + word.len()..].starts_with(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole() {
        assert!(has_word("let _Status = dynamic([]);", "_Status") && has_word("_Status", "_Status"));
        assert!(!has_word("let _StatusOf = 1; x_Status", "_Status") && !has_word("", "_S"));
    }
}
