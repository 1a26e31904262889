//! Two versions of a rule side by side. In: both, or what a replay of each found over the same stretch of time. Out: what
//! they say differently, and which alerts only one of them would have given.

use crate::convert::own;
use crate::evaluate::{Labels, Replay};
use crate::own::header::{CRITERION, sections};
use crate::rule::Rule;
use crate::state::{Change, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// What two versions say differently.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// A key of our own form: `fires`, `window`; `query` for what stands below the comments.
    pub field: String,
    /// What the old version says; nothing where it does not. Of a query the lines from the first that differs to the last.
    pub old: Option<String>,
    /// What the new version says.
    pub new: Option<String>,
}

/// An alert of one version, or of both.
#[derive(Clone, PartialEq, Debug)]
pub struct Matched {
    /// Its series.
    pub labels: Labels,
    /// As the old version gives it.
    pub old: Option<Alert>,
    /// As the new version gives it.
    pub new: Option<Alert>,
}

/// An alert.
#[derive(Clone, PartialEq, Debug)]
pub struct Alert {
    /// Its id.
    pub id: String,
    /// When it fired, ticks.
    pub fired: i64,
    /// When it was over, ticks; nothing where it stands at the end, or never resolves.
    pub resolved: Option<i64>,
    /// The value that fired.
    pub value: Option<f64>,
    /// What it was compared with.
    pub threshold: f64,
    /// For what comparing is: until then it is the same alert, ticks.
    pub(crate) until: i64,
}

/// What two versions say differently, in the order of our own form, which can say all that a rule is.
pub fn differences(old: &Rule, new: &Rule) -> Vec<Difference> {
    let (old, new) = (settings(old), settings(new));
    let only_new = new.iter().filter(|(field, _)| value(&old, field).is_none());
    let fields = old.iter().chain(only_new).map(|(field, _)| field);
    fields
        .filter_map(|field| {
            let (was, is) = (value(&old, field), value(&new, field));
            let (was, is) = match (was, is) {
                (was, is) if was == is => return None,
                (Some(was), Some(is)) => differing_lines(was, is),
                (was, is) => (was.map(str::to_owned), is.map(str::to_owned)),
            };
            Some(Difference { field: field.clone(), old: was, new: is })
        })
        .collect()
}

/// Fields and values, each field once.
fn settings(rule: &Rule) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut criteria = 1;
    for (marker, section) in sections(&own::write(rule), |_| true) {
        let of = match marker {
            "" => String::new(),
            CRITERION => {
                criteria += 1;
                format!("criterion {criteria} ")
            }
            _ => "resolved by ".to_owned(),
        };
        let stated = section.settings.into_iter().map(|one| (one.key, one.value));
        for (key, value) in stated.chain([("query".to_owned(), section.query)]) {
            let field = format!("{of}{key}");
            match all.iter_mut().find(|(known, _)| *known == field) {
                // Lines of a description, entities of one kind.
                Some((_, before)) => *before += &format!("\n{value}"),
                None => all.push((field, value)),
            }
        }
    }
    // Left out where it is Azure's way, which is worth a word beside another.
    if all.iter().all(|(field, _)| field != "resolves") {
        all.push(("resolves".to_owned(), rule.resolves()));
    }
    all
}

fn value<'a>(settings: &'a [(String, String)], field: &str) -> Option<&'a str> {
    settings.iter().find(|(known, _)| known == field).map(|(_, value)| value.as_str())
}

/// What is left of two texts without the lines that both begin and both end with; nothing where no line is left.
fn differing_lines(old: &str, new: &str) -> (Option<String>, Option<String>) {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(a, b)| a == b).count();
    let before = same(&mut old.iter().zip(&new));
    let shorter = old.len().min(new.len()) - before;
    let behind = same(&mut old.iter().rev().zip(new.iter().rev())).min(shorter);
    let left = |lines: &[&str]| {
        let lines = &lines[before..lines.len() - behind];
        (!lines.is_empty()).then(|| lines.join("\n"))
    };
    (left(&old), left(&new))
}

/// The alerts of two replays of one stretch of time, in order. An alert of the one is an alert of the other where both are
/// of the same series and stand at the same time; one that does not last stands until the next evaluation.
pub fn matched(old: (&Rule, &Replay), new: (&Rule, &Replay)) -> Vec<Matched> {
    let (mut old, mut new) = (alerts(old.0, old.1), alerts(new.0, new.1));
    let series: BTreeSet<Labels> = old.keys().chain(new.keys()).cloned().collect();
    let mut all = Vec::new();
    for labels in series {
        let (was, is) = (old.remove(&labels).unwrap_or_default(), new.remove(&labels).unwrap_or_default());
        let of_series =
            |(old, new): Pair| Matched { labels: labels.clone(), old: old.cloned(), new: new.cloned() };
        all.extend(pairs(&was, &is, |_, _| false).into_iter().map(of_series));
    }
    all.sort_by(|one, other| (one.at(), &one.labels).cmp(&(other.at(), &other.labels)));
    all
}

/// The alerts of each series, in order of time; none begins before the one before it is over.
pub(crate) fn alerts(rule: &Rule, replay: &Replay) -> BTreeMap<Labels, Vec<Alert>> {
    let (fired, resolved): (Vec<&Change>, Vec<&Change>) =
        replay.changes.iter().partition(|change| change.kind == Kind::Fired);
    let ends: BTreeMap<&str, i64> = resolved.iter().map(|change| (change.id.as_str(), change.at)).collect();
    let standing: BTreeSet<&str> = replay.standing.alerts().map(|(_, alert)| alert.id.as_str()).collect();
    let mut all: BTreeMap<Labels, Vec<Alert>> = BTreeMap::new();
    for change in fired {
        let resolved = ends.get(change.id.as_str()).copied();
        let until = resolved.unwrap_or_else(|| match standing.contains(change.id.as_str()) {
            true => i64::MAX,
            false => change.at.saturating_add(rule.schedule.every.ticks()),
        });
        let (value, threshold) = (change.found.value, change.found.threshold);
        let alert = Alert { id: change.id.clone(), fired: change.at, resolved, value, threshold, until };
        all.entry(change.found.labels.clone()).or_default().push(alert);
    }
    all
}

/// An alert of the one, the other, or both.
pub(crate) type Pair<'a> = (Option<&'a Alert>, Option<&'a Alert>);

/// The alerts of one series: those that stand at the same time go together, the earliest first, each once; so do two of
/// which `later` says that the second is the first one told later, unless it stands with the next one.
pub(crate) fn pairs<'a>(
    mut old: &'a [Alert],
    mut new: &'a [Alert],
    later: impl Fn(&Alert, &Alert) -> bool,
) -> Vec<Pair<'a>> {
    let mut all = Vec::new();
    loop {
        let (was, is) = (old.first(), new.first());
        let pair = match (was, is) {
            (None, None) => return all,
            (Some(one), Some(other)) if one.until <= other.fired => {
                let next = old.get(1).is_some_and(|next| next.meets(other));
                if later(one, other) && !next { (was, is) } else { (was, None) }
            }
            (Some(one), Some(other)) if other.until <= one.fired => (None, is),
            (_, _) => (was, is),
        };
        old = pair.0.and_then(|_| old.get(1..)).unwrap_or(old);
        new = pair.1.and_then(|_| new.get(1..)).unwrap_or(new);
        all.push(pair);
    }
}

impl Alert {
    /// Whether both stand at the same time.
    pub(crate) fn meets(&self, other: &Alert) -> bool {
        self.fired < other.until && other.fired < self.until
    }
}

impl Matched {
    /// When it first fired, ticks.
    pub fn at(&self) -> i64 {
        [&self.old, &self.new].into_iter().flatten().map(|alert| alert.fired).min().unwrap_or(i64::MAX)
    }

    /// How much later the new version fires, ticks; where both fire.
    pub fn moved(&self) -> Option<i64> {
        Some(self.new.as_ref()?.fired - self.old.as_ref()?.fired)
    }
}
