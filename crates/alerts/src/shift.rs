//! How two replays of a rule differ: over all rows, and over those that had arrived at each evaluation. In: the two. Out:
//! each firing and resolution that is not the same, with the evaluations that came out differently.

use crate::compare::{Alert, alerts, pairs};
use crate::evaluate::{Found, Labels, Replay};
use crate::rule::Rule;
use std::collections::{BTreeMap, BTreeSet};

/// What is not the same, seen from the replay over all rows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum How {
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
pub struct Shift {
    /// How.
    pub how: How,
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

impl How {
    /// For people: what happened over the rows that had arrived.
    pub fn words(self) -> &'static str {
        match self {
            How::Missed => "missed",
            How::Stood => "stood already",
            How::Later => "fired later",
            How::Earlier => "fired earlier",
            How::Falsely => "fired falsely",
            How::Again => "fired again",
            How::ResolvedLater => "resolved later",
            How::ResolvedEarlier => "resolved earlier",
            How::NotResolved => "not resolved",
            How::ResolvedFalsely => "resolved falsely",
        }
    }

    /// Whether it is of the end of an alert.
    pub fn is_of_resolution(self) -> bool {
        match self {
            How::ResolvedLater | How::ResolvedEarlier | How::NotResolved | How::ResolvedFalsely => true,
            How::Missed | How::Stood | How::Later | How::Earlier | How::Falsely | How::Again => false,
        }
    }
}

/// How the replay over the rows that had `arrived` differs from the one over the `whole`, in the order of time. Alerts of a
/// series that stand at the same time are the same; so is one that begins until `reach` of the instant at which the other
/// fired, when the rows that were late then had arrived.
pub fn shifts(rule: &Rule, whole: &Replay, arrived: &Replay, reach: impl Fn(i64) -> i64) -> Vec<Shift> {
    let (ours, theirs) = (alerts(rule, whole), alerts(rule, arrived));
    let labels: BTreeSet<&Labels> = ours.keys().chain(theirs.keys()).collect();
    let mut whole = found(whole, &labels);
    let mut arrived = found(arrived, &labels);
    let of_series = labels.into_iter().flat_map(|labels| {
        let alerts = |of: &BTreeMap<Labels, Vec<Alert>>| of.get(labels).cloned().unwrap_or_default();
        let series = Series {
            labels,
            ours: alerts(&ours),
            theirs: alerts(&theirs),
            whole: whole.remove(labels).unwrap_or_default(),
            arrived: arrived.remove(labels).unwrap_or_default(),
        };
        series.shifts(&reach)
    });
    let mut all: Vec<Shift> = of_series.collect();
    all.sort_by(|one, other| (one.at, one.how, &one.labels).cmp(&(other.at, other.how, &other.labels)));
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
    fn shifts(&self, reach: &impl Fn(i64) -> i64) -> Vec<Shift> {
        let mut all = Vec::new();
        let later = |one: &Alert, other: &Alert| other.fired <= reach(one.fired);
        for pair in pairs(&self.ours, &self.theirs, later) {
            match pair {
                (Some(one), Some(other)) => {
                    if one.fired != other.fired {
                        let later = one.fired < other.fired;
                        let how = if later { How::Later } else { How::Earlier };
                        let between = (one.fired.min(other.fired), one.fired.max(other.fired));
                        all.push(self.shift(how, one.fired, Some(other.fired), &one.id, between));
                    }
                    let (how, at, instead) = match (one.resolved, other.resolved) {
                        (Some(at), Some(instead)) if at < instead => (How::ResolvedLater, at, Some(instead)),
                        (Some(at), Some(instead)) if at > instead => {
                            (How::ResolvedEarlier, at, Some(instead))
                        }
                        (Some(at), None) => (How::NotResolved, at, None),
                        (None, Some(at)) => (How::ResolvedFalsely, at, None),
                        (Some(_), Some(_)) | (None, None) => continue,
                    };
                    let until = at.max(instead.unwrap_or(at)).saturating_add(1);
                    let between = (one.fired.max(other.fired), until);
                    all.push(self.shift(how, at, instead, &one.id, between));
                }
                (Some(one), None) => {
                    let standing = self.theirs.iter().find(|other| other.meets(one));
                    let how = if standing.is_some() { How::Stood } else { How::Missed };
                    let from = standing.map_or(one.fired, |other| other.fired.min(one.fired));
                    all.push(self.shift(how, one.fired, None, &one.id, (from, one.until)));
                }
                (None, Some(other)) => {
                    let standing = self.ours.iter().find(|one| one.meets(other));
                    let how = if standing.is_some() { How::Again } else { How::Falsely };
                    let from = standing.map_or(other.fired, |one| one.fired.min(other.fired));
                    all.push(self.shift(how, other.fired, None, &other.id, (from, other.until)));
                }
                (None, None) => {}
            }
        }
        all
    }

    fn shift(&self, how: How, at: i64, instead: Option<i64>, id: &str, between: (i64, i64)) -> Shift {
        let (value, seen) = (self.whole.get(&at), self.arrived.get(&at));
        let threshold = value.or(seen).map(|found| found.threshold).filter(|limit| !limit.is_nan());
        Shift {
            how,
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
            self.ours.iter().chain(&self.theirs).map(|alert| alert.fired).filter(|at| *at < from).collect();
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
