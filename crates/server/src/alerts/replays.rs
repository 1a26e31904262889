//! Rules replayed over the logs behind a page, and kept as long as these stay the same. In: rules and a stretch of time.
//! Out: the alerts of each rule, or why there are none.
//!
//! A replay begins long before the range that a reader looks at, so that an alert that stood before has its own instant
//! and id: with the first row, or [`LEAD`] before, whichever is later. Each rule's replay is kept by itself, so what was
//! done before a request was given up is not done again.

use super::asking::Asking;
use calypso_alerts::evaluate::{Evaluation, Labels, replay};
use calypso_alerts::rule::{Life, Resolve};
use calypso_alerts::state::Kind;
use calypso_alerts::{Reading, Rule};
use calypso_engine::{CancelToken, Engine, RunOptions};
use calypso_library::format::TICKS_PER_DAY;
use calypso_library::{Answer, Type, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How long before a range its replay begins, where there are logs of so long ago.
pub const LEAD: i64 = 92 * TICKS_PER_DAY;
/// Replays kept at most.
const KEPT: usize = 1024;

/// Replays of one generation of the data.
#[derive(Default)]
pub struct Replays {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    generation: u64,
    replays: Vec<(Rule, (i64, i64), Arc<Outcome>)>,
}

/// What came of the replay of a rule.
pub type Outcome = Result<Replayed, String>;

/// The replay of a rule.
#[derive(Clone, PartialEq, Debug)]
pub struct Replayed {
    /// How many evaluations were made.
    pub evaluations: usize,
    /// The alerts, in the order of their firings.
    pub alerts: Vec<Alert>,
    /// What the evaluations had to say, each sentence once.
    pub notes: Vec<String>,
}

/// An alert of a replay.
#[derive(Clone, PartialEq, Debug)]
pub struct Alert {
    /// Its id.
    pub id: String,
    /// Its series.
    pub labels: Labels,
    /// When it fired, ticks.
    pub since: i64,
    /// Whether the replay begins with it, so that it may have stood before.
    pub earlier: bool,
    /// What became of it.
    pub over: Over,
    /// The value with which it fired.
    pub value: Option<f64>,
    /// What that was compared with.
    pub threshold: f64,
    /// The value at the last evaluation, where the series had one.
    pub latest: Option<f64>,
}

/// What became of an alert.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Over {
    /// It stands.
    Standing,
    /// It was over at that instant, ticks.
    At(i64),
    /// Alerts of its rule are told and do not stand.
    AtOnce,
}

/// The times of the rows that there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// The first, ticks; none: no rows.
    pub first: Option<i64>,
    /// The last, ticks.
    pub last: Option<i64>,
}

/// The times of the rows of provisioning logs; none where there are none.
pub fn span(engine: &Engine, cancel: &CancelToken) -> Span {
    let text = "AADProvisioningLogs | summarize min(TimeGenerated), max(TimeGenerated)";
    let options = RunOptions { cancel: cancel.clone(), ..RunOptions::default() };
    let answer = engine.run_with(text, &options).ok().and_then(|mut answers| answers.pop());
    let time = |column: usize| -> Option<i64> {
        let Answer { batches, .. } = answer.as_ref()?;
        let batch = batches.iter().find(|batch| batch.num_rows() > 0)?;
        match Value::from_array(Type::DateTime, batch.columns().get(column)?.as_ref(), 0) {
            Value::DateTime(ticks) => Some(ticks),
            _ => None,
        }
    };
    Span { first: time(0), last: time(1) }
}

impl Span {
    /// Where the replay for a range that begins there begins: later than this, ticks.
    pub fn start(&self, from: i64) -> i64 {
        let early = from.saturating_sub(LEAD).max(0);
        // At a midnight, so that it stays where it is while the day goes on.
        let early = early - early.rem_euclid(TICKS_PER_DAY);
        self.first.map_or(early, |first| early.max(first.saturating_sub(1)))
    }

    /// Whether there are rows from before an instant.
    fn reaches_before(&self, at: i64) -> bool {
        self.first.is_some_and(|first| first <= at)
    }
}

impl Replays {
    /// Those of that generation; older ones are forgotten.
    pub fn of(&self, generation: u64) -> &Replays {
        let mut kept = self.kept();
        if kept.generation != generation {
            *kept = Kept { generation, replays: Vec::new() };
        }
        self
    }

    /// The replay of a rule over its evaluations `after < t <= until`; none when it was cancelled.
    pub fn replay(
        &self,
        engine: &Engine,
        rule: &Rule,
        (after, until): (i64, i64),
        span: &Span,
        cancel: &CancelToken,
    ) -> Option<Arc<Outcome>> {
        let known = |one: &&(Rule, (i64, i64), Arc<Outcome>)| one.1 == (after, until) && one.0 == *rule;
        let generation = {
            let kept = self.kept();
            if let Some((_, _, outcome)) = kept.replays.iter().find(known) {
                return Some(Arc::clone(outcome));
            }
            kept.generation
        };
        let outcome = replayed(engine, rule, (after, until), span, cancel);
        if cancel.is_cancelled() {
            return None;
        }
        let outcome = Arc::new(outcome);
        let mut kept = self.kept();
        // Of data that has been replaced meanwhile nothing is kept.
        if kept.generation == generation {
            if kept.replays.len() >= KEPT {
                kept.replays.clear();
            }
            kept.replays.push((rule.clone(), (after, until), Arc::clone(&outcome)));
        }
        Some(outcome)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn replayed(
    engine: &Engine,
    rule: &Rule,
    (after, until): (i64, i64),
    span: &Span,
    cancel: &CancelToken,
) -> Outcome {
    let mut ask = Asking { engine, cancel };
    let made = replay(rule, after, until, &mut ask).map_err(|refused| refused.0)?;
    let first = made.evaluations.first().map(|evaluation| evaluation.at);
    let at_once = match &rule.life {
        Life::Stateless { .. } | Life::Stateful { resolve: Resolve::AtOnce } => true,
        Life::Stateful { .. } => false,
    };
    let latest = latest(made.evaluations.last());
    let mut alerts: Vec<Alert> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for change in made.changes {
        match change.kind {
            Kind::Fired => {
                places.insert(change.id.clone(), alerts.len());
                alerts.push(Alert {
                    id: change.id,
                    since: change.at,
                    earlier: !at_once && Some(change.at) == first && span.reaches_before(after),
                    over: if at_once { Over::AtOnce } else { Over::Standing },
                    value: change.found.value,
                    threshold: change.found.threshold,
                    latest: latest.get(&change.found.labels).copied(),
                    labels: change.found.labels,
                });
            }
            Kind::Resolved => {
                if let Some(alert) = places.get(&change.id).and_then(|at| alerts.get_mut(*at)) {
                    alert.over = Over::At(change.at);
                }
            }
        }
    }
    let notes: BTreeSet<String> = made.evaluations.iter().flat_map(|one| one.notes.iter().cloned()).collect();
    Ok(Replayed { evaluations: made.evaluations.len(), alerts, notes: notes.into_iter().collect() })
}

/// The values of an evaluation by series.
fn latest(evaluation: Option<&Evaluation>) -> BTreeMap<Labels, f64> {
    let found = evaluation.into_iter().flat_map(|evaluation| &evaluation.found);
    found.filter_map(|found| Some((found.labels.clone(), found.value?))).collect()
}

/// The rules of files, and what cannot be used of them: the file, and a sentence. A name stands for one rule.
pub fn usable(files: Vec<super::RuleFile>) -> (Vec<Rule>, Vec<(String, String)>) {
    let (mut rules, mut refused): (Vec<Rule>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    for super::RuleFile { origin, read } in files {
        let Reading { rules: found, findings } = match read {
            Ok(reading) => reading,
            Err(why) => {
                refused.push((origin, why));
                continue;
            }
        };
        let errors = findings.iter().filter(|finding| finding.is_error());
        refused.extend(errors.map(|finding| (origin.clone(), finding.to_string())));
        if found.is_empty() && findings.is_empty() {
            refused.push((origin.clone(), "there is no rule in it".to_owned()));
        }
        for rule in found {
            match rules.iter().find(|other| other.name == rule.name) {
                Some(other) => {
                    let why =
                        format!("`{}` is the name of a rule in {} already", rule.name, other.source.file);
                    refused.push((origin.clone(), why));
                }
                None => rules.push(rule),
            }
        }
    }
    (rules, refused)
}
