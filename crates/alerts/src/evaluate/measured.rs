//! Azure's condition at one instant, as ALERTS tells it: the query over its range, its rows by window and series, each
//! series against the threshold.

use super::by_row::{ARRIVED, arrivals, quoted, table};
use super::rows::{Keys, each, instant, needed, number, time_place};
use super::sliding::Rows;
use super::windows::{Part, fails};
use super::{Evaluation, Found, Labels};
use crate::Timespan;
use crate::arrivals::LOGS;
use crate::ask::{Ask, Question, Range, Refused};
use crate::rule::{Criterion, Measure, Measured, Query};
use calypso_library::Answer;
use std::collections::{BTreeMap, BTreeSet};

/// The windows of each series, the newest first.
pub(super) type BySeries = BTreeMap<Labels, Vec<Part>>;

/// Evaluates at `at` the windows that end at `end`.
pub(super) fn evaluate(
    measured: &Measured,
    at: i64,
    end: i64,
    ask: &mut dyn Ask,
) -> Result<Evaluation, Refused> {
    let mut notes = Vec::new();
    let mut of_criteria = Vec::with_capacity(measured.criteria.len());
    for criterion in &measured.criteria {
        let range = Range { after: end.saturating_sub(measured.range().ticks()), until: end };
        let question = Question {
            text: &criterion.query.text,
            range: Some(range),
            arrived: None,
            now: at,
            parameters: vec![],
        };
        let answer = ask.ask(&question)?;
        let mut series = by_series(criterion, &answer, end, measured.window)?;
        if criterion.failing.of > 1 && time_place(&answer).is_none() {
            notes.push(
                "the query gives no TimeGenerated, so all its rows are of the newest window".to_owned(),
            );
        }
        if let Some(within) = criterion.absent_within {
            let before = Range { after: range.after.saturating_sub(within.ticks()), ..range };
            let answer = ask.ask(&Question { range: Some(before), ..question })?;
            for labels in labels(criterion, &answer)? {
                series.entry(labels).or_insert_with(|| vec![Part::default(); windows(criterion)]);
            }
        }
        of_criteria.push(series);
    }
    let warm = Warm::new(measured, at, Rows::All, ask)?;
    let found = found(measured, &of_criteria, |labels| warm.is_over(labels, at));
    let window = (end.saturating_sub(measured.window.ticks()), end);
    Ok(Evaluation { at, window, found, notes })
}

fn windows(criterion: &Criterion) -> usize {
    criterion.failing.of.max(1) as usize
}

/// The series of the rows of an answer, each in its windows that end at `end`. Rows outside them count nowhere; where there
/// are no times, all rows are of the newest window.
fn by_series(
    criterion: &Criterion,
    answer: &Answer,
    end: i64,
    window: Timespan,
) -> Result<BySeries, Refused> {
    let keys = Keys::new(answer, &criterion.dimensions)?;
    let measured = match &criterion.measure {
        Measure::Rows => None,
        Measure::Column { column, .. } => Some(needed(answer, column)?),
    };
    let (time, count) = (time_place(answer), windows(criterion));
    let mut series = BySeries::new();
    if criterion.dimensions.is_empty() {
        series.insert(Labels::default(), vec![Part::default(); count]);
    }
    each(answer, |row| {
        let Some(labels) = keys.of(row) else { return };
        let at = match time {
            None => 0,
            Some(time) => match instant(&row(time)).map(|time| end.saturating_sub(time)) {
                Some(age) if age >= 0 => (age / window.ticks().max(1)) as usize,
                _ => return,
            },
        };
        let windows = series.entry(labels).or_insert_with(|| vec![Part::default(); count]);
        if let Some(part) = windows.get_mut(at) {
            part.add(&Part::of_row(measured.and_then(|column| number(&row(column)))));
        }
    });
    Ok(series)
}

fn labels(criterion: &Criterion, answer: &Answer) -> Result<BTreeSet<Labels>, Refused> {
    let keys = Keys::new(answer, &criterion.dimensions)?;
    let mut found = BTreeSet::new();
    each(answer, |row| found.extend(keys.of(row)));
    Ok(found)
}

/// Marks the series of which a query gives rows: their alerts may end.
pub(super) fn mark_ends(
    measured: &Measured,
    query: &Query,
    at: i64,
    end: i64,
    ask: &mut dyn Ask,
    found: &mut Vec<Found>,
) -> Result<(), Refused> {
    let Some(criterion) = measured.criteria.first() else { return Ok(()) };
    let range = Range { after: end.saturating_sub(measured.range().ticks()), until: end };
    let answer = ask.ask(&Question {
        text: &query.text,
        range: Some(range),
        arrived: None,
        now: at,
        parameters: vec![],
    })?;
    let mut over = labels(criterion, &answer)?;
    for found in found.iter_mut() {
        found.ends = over.remove(&found.labels);
    }
    found.extend(over.into_iter().map(|labels| Found {
        labels,
        value: None,
        threshold: criterion.threshold,
        fires: false,
        ends: true,
        details: Vec::new(),
    }));
    Ok(())
}

/// What the criteria make of the series: one fires that fails in all of them.
pub(super) fn found(
    measured: &Measured,
    of_criteria: &[BySeries],
    is_warm: impl Fn(&Labels) -> bool,
) -> Vec<Found> {
    let Some((first, series)) = measured.criteria.first().zip(of_criteria.first()) else { return Vec::new() };
    let made = series.iter().map(|(labels, windows)| {
        let fails_all =
            measured.criteria.iter().zip(of_criteria).all(|(criterion, series)| {
                series.get(labels).is_some_and(|windows| fails(criterion, windows))
            });
        Found {
            labels: labels.clone(),
            value: windows.first().and_then(|newest| newest.value(&first.measure)),
            threshold: first.threshold,
            fires: fails_all && is_warm(labels),
            ends: false,
            details: Vec::new(),
        }
    });
    made.collect()
}

/// Until when series are silent because they are new.
#[derive(Debug, Default)]
pub(super) struct Warm {
    needed: Timespan,
    first: BTreeMap<Labels, i64>,
}

impl Warm {
    /// When the rows of each series of a rule's table begin; for those who see what had arrived, not before the first of
    /// them could be seen to be old enough.
    pub fn new(measured: &Measured, now: i64, seen: Rows, ask: &mut dyn Ask) -> Result<Warm, Refused> {
        let Some(criterion) = measured.criteria.first().filter(|_| !measured.warm_up.is_zero()) else {
            return Ok(Warm::default());
        };
        let Some(table) = table(&criterion.query.text) else {
            return Err(Refused("a warm-up needs a query that begins with the name of a table".to_owned()));
        };
        let by: Vec<String> = criterion.dimensions.iter().map(|one| quoted(&one.column)).collect();
        let by = if by.is_empty() { String::new() } else { format!(" by {}", by.join(", ")) };
        let warm_up = measured.warm_up.ticks();
        let rows = match seen {
            Rows::Arrived if table == LOGS => {
                let old = format!("{ARRIVED} - {warm_up}tick");
                let later = format!("iff({old} > TimeGenerated, {old}, TimeGenerated)");
                format!("{LOGS} {} | extend TimeGenerated = {later}", arrivals())
            }
            Rows::Arrived | Rows::All => quoted(&table),
        };
        let text = format!("{rows} | summarize First = min(TimeGenerated){by}");
        let answer =
            ask.ask(&Question { text: &text, range: None, arrived: None, now, parameters: vec![] })?;
        let (keys, time) = (Keys::new(&answer, &criterion.dimensions)?, needed(&answer, "First")?);
        let mut first = BTreeMap::new();
        each(&answer, |row| first.extend(keys.of(row).zip(instant(&row(time)))));
        Ok(Warm { needed: measured.warm_up, first })
    }

    /// Whether a series may fire.
    pub fn is_over(&self, labels: &Labels, at: i64) -> bool {
        self.needed.is_zero()
            || self.first.get(labels).is_some_and(|first| at.saturating_sub(*first) >= self.needed.ticks())
    }
}
