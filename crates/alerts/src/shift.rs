//! How two replays of a rule differ: over all rows, and over those that had arrived at each evaluation. In: the two. Out:
//! each firing and resolution that is not the same, with the evaluations that came out differently.

use crate::evaluate::{Found, Labels, Replay};
use crate::rule::{Life, Resolve, Rule};
use crate::state::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// What is not the same, seen from the replay over all rows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Difference {
    /// It did not fire.
    Missed,
    /// It did not fire again, since the alert before it still stood.
    Stood,
    /// It fired later.
    Later,
    /// It fired earlier.
    Earlier,
    /// It fired only because rows were not there yet.
    Falsely,
    /// It fired once more, since the alert had been resolved too early.
    Again,
    /// It was resolved later.
    ResolvedLater,
    /// It was resolved earlier.
    ResolvedEarlier,
    /// It was not resolved.
    NotResolved,
    /// It was resolved, though it would stand.
    ResolvedFalsely,
}

/// A firing or a resolution that is not the same.
#[derive(Clone, PartialEq, Debug)]
pub struct Different {
    /// How.
    pub difference: Difference,
    /// The series.
    pub labels: Labels,
    /// When it was over all rows; where that is never, when it was over the rows that had arrived. Ticks.
    pub at: i64,
    /// When it was over the rows that had arrived, where it was both times.
    pub instead: Option<i64>,
    /// The value over all rows, at `at`.
    pub value: Option<f64>,
    /// The value over the rows that had arrived, at `at`.
    pub seen: Option<f64>,
    /// What they are compared with at `at`.
    pub threshold: Option<f64>,
    /// The alert.
    pub id: String,
    /// The evaluations at which the series came out differently and that led to it, in order.
    pub evaluations: Vec<i64>,
}

impl Difference {
    /// For people: what happened over the rows that had arrived.
    pub fn words(self) -> &'static str {
        match self {
            Difference::Missed => "missed",
            Difference::Stood => "stood already",
            Difference::Later => "fired later",
            Difference::Earlier => "fired earlier",
            Difference::Falsely => "fired falsely",
            Difference::Again => "fired again",
            Difference::ResolvedLater => "resolved later",
            Difference::ResolvedEarlier => "resolved earlier",
            Difference::NotResolved => "not resolved",
            Difference::ResolvedFalsely => "resolved falsely",
        }
    }

    /// Whether it is of the end of an alert.
    pub fn is_of_resolution(self) -> bool {
        match self {
            Difference::ResolvedLater
            | Difference::ResolvedEarlier
            | Difference::NotResolved
            | Difference::ResolvedFalsely => true,
            Difference::Missed
            | Difference::Stood
            | Difference::Later
            | Difference::Earlier
            | Difference::Falsely
            | Difference::Again => false,
        }
    }
}

/// How the replay over the rows that had `arrived` differs from the one over the `whole`, in the order of time. Alerts of a
/// series that stand at the same time are the same; so is one that begins until `reach` of the instant at which the other
/// fired, when the rows that were late then had arrived.
pub fn differences(
    rule: &Rule,
    whole: &Replay,
    arrived: &Replay,
    reach: impl Fn(i64) -> i64,
) -> Vec<Different> {
    let (ours, theirs) = (alerts(rule, whole), alerts(rule, arrived));
    let labels: BTreeSet<&Labels> = ours.keys().chain(theirs.keys()).copied().collect();
    let mut whole = found(whole, &labels);
    let mut arrived = found(arrived, &labels);
    let of_series = labels.into_iter().flat_map(|labels| {
        let alerts = |of: &BTreeMap<&Labels, Vec<Alert>>| of.get(labels).cloned().unwrap_or_default();
        let series = Series {
            labels,
            ours: alerts(&ours),
            theirs: alerts(&theirs),
            whole: whole.remove(labels).unwrap_or_default(),
            arrived: arrived.remove(labels).unwrap_or_default(),
        };
        series.differences(&reach)
    });
    let mut all: Vec<Different> = of_series.collect();
    all.sort_by(|one, other| {
        (one.at, one.difference, &one.labels).cmp(&(other.at, other.difference, &other.labels))
    });
    all
}

/// An alert.
#[derive(Clone, Debug)]
struct Alert {
    id: String,
    start: i64,
    /// When it was resolved; `None` where it stands, or where its rule resolves nothing.
    resolved: Option<i64>,
    /// The first instant at which it does not stand any more.
    end: i64,
}

impl Alert {
    fn meets(&self, other: &Alert) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The alerts of a replay by their series, in order.
fn alerts<'a>(rule: &Rule, replay: &'a Replay) -> BTreeMap<&'a Labels, Vec<Alert>> {
    let stands = match &rule.life {
        Life::Stateful { resolve: Resolve::AtOnce } | Life::Stateless { .. } => false,
        Life::Stateful { .. } => true,
    };
    let mut all: BTreeMap<&Labels, Vec<Alert>> = BTreeMap::new();
    for change in &replay.changes {
        let of_series = all.entry(&change.found.labels).or_default();
        match change.kind {
            Kind::Fired => {
                let end = if stands { i64::MAX } else { change.at.saturating_add(1) };
                let id = change.id.clone();
                of_series.push(Alert { id, start: change.at, resolved: None, end });
            }
            Kind::Resolved => {
                if let Some(alert) = of_series.last_mut() {
                    (alert.resolved, alert.end) = (Some(change.at), change.at);
                }
            }
        }
    }
    all
}

/// What was found of a series at each evaluation that gave something of it.
type OfSeries<'a> = BTreeMap<i64, &'a Found>;

fn found<'a>(replay: &'a Replay, wanted: &BTreeSet<&Labels>) -> BTreeMap<&'a Labels, OfSeries<'a>> {
    let mut all: BTreeMap<&Labels, OfSeries> = BTreeMap::new();
    for evaluation in &replay.evaluations {
        for found in evaluation.found.iter().filter(|found| wanted.contains(&found.labels)) {
            all.entry(&found.labels).or_default().insert(evaluation.at, found);
        }
    }
    all
}

/// A series in both replays.
struct Series<'a> {
    labels: &'a Labels,
    ours: Vec<Alert>,
    theirs: Vec<Alert>,
    whole: OfSeries<'a>,
    arrived: OfSeries<'a>,
}

impl Series<'_> {
    fn differences(&self, reach: &impl Fn(i64) -> i64) -> Vec<Different> {
        let mut all = Vec::new();
        for pair in pairs(&self.ours, &self.theirs, reach) {
            match pair {
                Pair::Both(one, other) => {
                    if one.start != other.start {
                        let later = one.start < other.start;
                        let how = if later { Difference::Later } else { Difference::Earlier };
                        let between = (one.start.min(other.start), one.start.max(other.start));
                        all.push(self.different(how, one.start, Some(other.start), &one.id, between));
                    }
                    let (how, at, instead) = match (one.resolved, other.resolved) {
                        (Some(at), Some(instead)) if at < instead => {
                            (Difference::ResolvedLater, at, Some(instead))
                        }
                        (Some(at), Some(instead)) if at > instead => {
                            (Difference::ResolvedEarlier, at, Some(instead))
                        }
                        (Some(at), None) => (Difference::NotResolved, at, None),
                        (None, Some(at)) => (Difference::ResolvedFalsely, at, None),
                        (Some(_), Some(_)) | (None, None) => continue,
                    };
                    let until = at.max(instead.unwrap_or(at)).saturating_add(1);
                    let between = (one.start.max(other.start), until);
                    all.push(self.different(how, at, instead, &one.id, between));
                }
                Pair::Ours(one) => {
                    let standing = self.theirs.iter().find(|other| other.meets(one));
                    let how = if standing.is_some() { Difference::Stood } else { Difference::Missed };
                    let from = standing.map_or(one.start, |other| other.start.min(one.start));
                    all.push(self.different(how, one.start, None, &one.id, (from, one.end)));
                }
                Pair::Theirs(other) => {
                    let standing = self.ours.iter().find(|one| one.meets(other));
                    let how = if standing.is_some() { Difference::Again } else { Difference::Falsely };
                    let from = standing.map_or(other.start, |one| one.start.min(other.start));
                    all.push(self.different(how, other.start, None, &other.id, (from, other.end)));
                }
            }
        }
        all
    }

    fn different(
        &self,
        difference: Difference,
        at: i64,
        instead: Option<i64>,
        id: &str,
        between: (i64, i64),
    ) -> Different {
        let (value, seen) = (self.whole.get(&at), self.arrived.get(&at));
        let threshold = value.or(seen).map(|found| found.threshold).filter(|limit| !limit.is_nan());
        Different {
            difference,
            labels: self.labels.clone(),
            at,
            instead,
            value: value.and_then(|found| found.value),
            seen: seen.and_then(|found| found.value),
            threshold,
            id: id.to_owned(),
            evaluations: self.unlike(between),
        }
    }

    /// The evaluations `from <= t < until` that came out differently. Where there is none, what came before has led to
    /// it, such as a mute that began later: then from the alert before.
    fn unlike(&self, (from, until): (i64, i64)) -> Vec<i64> {
        let says = |found: Option<&&Found>| found.map_or((false, false), |found| (found.fires, found.ends));
        let unlike = |from: i64| -> Vec<i64> {
            if from >= until {
                return Vec::new();
            }
            let both: BTreeSet<&i64> = self
                .whole
                .range(from..until)
                .chain(self.arrived.range(from..until))
                .map(|(at, _)| at)
                .collect();
            let unlike = both.into_iter().filter(|at| says(self.whole.get(at)) != says(self.arrived.get(at)));
            unlike.copied().collect()
        };
        let mut starts: Vec<i64> =
            self.ours.iter().chain(&self.theirs).map(|alert| alert.start).filter(|at| *at < from).collect();
        starts.sort_unstable();
        let mut from = Some(from);
        while let Some(begin) = from {
            let found = unlike(begin);
            if !found.is_empty() {
                return found;
            }
            from = starts.pop();
        }
        Vec::new()
    }
}

/// Alerts that are the same, or one without its like.
#[derive(Debug)]
enum Pair<'a> {
    Both(&'a Alert, &'a Alert),
    Ours(&'a Alert),
    Theirs(&'a Alert),
}

fn pairs<'a>(ours: &'a [Alert], theirs: &'a [Alert], reach: &impl Fn(i64) -> i64) -> Vec<Pair<'a>> {
    let (mut ours, mut theirs) = (ours, theirs);
    let mut all = Vec::new();
    loop {
        match (ours, theirs) {
            ([], []) => return all,
            ([one, rest @ ..], []) => {
                all.push(Pair::Ours(one));
                ours = rest;
            }
            ([], [other, rest @ ..]) => {
                all.push(Pair::Theirs(other));
                theirs = rest;
            }
            ([one, rest @ ..], [other, others @ ..]) => {
                let next = || rest.first().is_some_and(|next| next.meets(other));
                let late = || one.start < other.start && other.start <= reach(one.start) && !next();
                if one.meets(other) || late() {
                    all.push(Pair::Both(one, other));
                    (ours, theirs) = (rest, others);
                } else if one.start < other.start {
                    all.push(Pair::Ours(one));
                    ours = rest;
                } else {
                    all.push(Pair::Theirs(other));
                    theirs = others;
                }
            }
        }
    }
}
