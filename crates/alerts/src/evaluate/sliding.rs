//! Azure's condition over a whole range at once, for queries that look at each row by itself: rows are counted per step of
//! time and series by one query, and the windows of every evaluation are put together from the steps.

use super::by_row::{ARRIVED, by_row, quoted, with_arrivals};
use super::measured::{BySeries, Warm, found};
use super::rows::{Keys, each, instant, needed, number, place};
use super::windows::Part;
use super::{Evaluation, Labels};
use crate::Timespan;
use crate::ask::{Ask, Question, Range, Refused};
use crate::rule::{Criterion, Measure, Measured};
use crate::timespan::common;
use calypso_library::Answer;
use std::collections::BTreeMap;

/// Which rows an evaluation sees.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rows {
    /// All of its range.
    All,
    /// Those of its range that had arrived.
    Arrived,
}

/// The evaluations at these instants, `delay` behind; `None` where they have to be asked one by one.
pub(super) fn evaluate(
    measured: &Measured,
    instants: &[i64],
    delay: i64,
    seen: Rows,
    ask: &mut dyn Ask,
) -> Result<Option<Vec<Evaluation>>, Refused> {
    let (Some(first), Some(last)) = (instants.first(), instants.last()) else { return Ok(Some(Vec::new())) };
    let every = instants.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap_or(measured.window.ticks());
    let lengths = [measured.window.ticks(), measured.range().ticks(), every, delay, *first];
    let step = lengths.into_iter().fold(0, |step, length| common(length, step));
    let plain = |one: &Criterion| {
        one.absent_within.is_none() && one.resource_column.is_none() && by_row(&one.query.text)
    };
    if step < Timespan::minutes(1).ticks() || !measured.criteria.iter().all(plain) {
        return Ok(None);
    }
    let reach = measured.window.times(measured.windows()).ticks().min(measured.range().ticks());
    let range = Range { after: first - delay - reach, until: last - delay };
    let mut steps = Vec::with_capacity(measured.criteria.len());
    for criterion in &measured.criteria {
        let Some(text) = counting(criterion, step, delay, seen) else { return Ok(None) };
        let question =
            Question { text: &text, range: Some(range), arrived: None, now: *last, parameters: vec![] };
        steps.push(Steps::read(criterion, &ask.ask(&question)?)?);
    }
    let warm = Warm::new(measured, *last, seen, ask)?;
    let evaluations = instants.iter().map(|at| {
        let end = at - delay;
        let of_criteria: Vec<BySeries> = measured
            .criteria
            .iter()
            .zip(&steps)
            .map(|(criterion, steps)| steps.windows(criterion, (*at, end), measured, step))
            .collect();
        let window = (end - measured.window.ticks(), end);
        let found = found(measured, &of_criteria, |labels| warm.is_over(labels, *at));
        Evaluation { at: *at, window, found, notes: Vec::new() }
    });
    Ok(Some(evaluations.collect()))
}

/// The query with its rows counted per step `(k * step, (k + 1) * step]` and series, and, where that matters, by the first
/// instant at which they had arrived; null, where that was no later than anyone looked. `None` where arrivals cannot be
/// told beside the rows.
fn counting(criterion: &Criterion, step: i64, delay: i64, seen: Rows) -> Option<String> {
    let measure = match &criterion.measure {
        Measure::Rows => "calypso_rows = tolong(count())".to_owned(),
        Measure::Column { column, .. } => {
            let column = quoted(column);
            format!(
                "calypso_rows = countif(isnotnull({column})), calypso_sum = todouble(sum({column})), calypso_least = todouble(min({column})), calypso_greatest = todouble(max({column}))"
            )
        }
    };
    let by: String = criterion.dimensions.iter().map(|one| format!(", {}", quoted(&one.column))).collect();
    let query = criterion.query.text.trim_end().trim_end_matches(';');
    let of_step = format!("calypso_step = bin(TimeGenerated - 1tick, {step}tick){by}");
    Some(match seen {
        Rows::All => format!("{query}\n| summarize {measure} by {of_step}"),
        Rows::Arrived => {
            let query = with_arrivals(query)?;
            let looked =
                format!("bin(TimeGenerated - 1tick, {step}tick) + {}tick", step.saturating_add(delay));
            format!(
                "{query}\n| summarize {measure} by {of_step}, calypso_seen = iff({ARRIVED} > {looked}, bin({ARRIVED} - 1tick, {step}tick) + {step}tick, datetime(null))"
            )
        }
    })
}

/// What is known of each step of each series: when it begins, and when its rows were first seen, if that was late.
struct Steps(BTreeMap<Labels, BTreeMap<(i64, Option<i64>), Part>>);

impl Steps {
    fn read(criterion: &Criterion, answer: &Answer) -> Result<Steps, Refused> {
        let keys = Keys::new(answer, &criterion.dimensions)?;
        let (step, rows) = (needed(answer, "calypso_step")?, needed(answer, "calypso_rows")?);
        let seen = place(answer, "calypso_seen");
        let numbers = match &criterion.measure {
            Measure::Rows => None,
            Measure::Column { .. } => {
                Some(["calypso_sum", "calypso_least", "calypso_greatest"].map(|name| needed(answer, name)))
            }
        };
        let numbers = match numbers {
            Some([sum, least, greatest]) => Some([sum?, least?, greatest?]),
            None => None,
        };
        let mut steps: BTreeMap<Labels, BTreeMap<_, Part>> = BTreeMap::new();
        each(answer, |row| {
            let (Some(labels), Some(start)) = (keys.of(row), instant(&row(step))) else { return };
            let rows = number(&row(rows)).unwrap_or(0.0);
            let part = match numbers.map(|places| places.map(|place| number(&row(place)))) {
                Some([Some(sum), Some(least), Some(greatest)]) => {
                    Part::of_numbers(rows, sum, least, greatest)
                }
                Some(_) => Part::default(),
                None => Part::of_rows(rows),
            };
            let seen = seen.and_then(|seen| instant(&row(seen)));
            steps.entry(labels).or_default().entry((start, seen)).or_default().add(&part);
        });
        Ok(Steps(steps))
    }

    /// The windows that end at `end`, as they are seen at `at`, of series that have rows in any of them, and of the only
    /// series.
    fn windows(
        &self,
        criterion: &Criterion,
        (at, end): (i64, i64),
        measured: &Measured,
        step: i64,
    ) -> BySeries {
        let (window, count) = (measured.window.ticks(), criterion.failing.of.max(1) as usize);
        // What lies before the rule's range is not seen.
        let start = end - (window * count as i64).min(measured.range().ticks());
        let mut series = BySeries::new();
        if criterion.dimensions.is_empty() {
            series.insert(Labels::default(), vec![Part::default(); count]);
        }
        for (labels, steps) in &self.0 {
            let within = steps.range((start, None)..(end, None));
            for ((begin, _), part) in within.filter(|((_, seen), _)| seen.is_none_or(|seen| seen <= at)) {
                let age = end - (begin + step);
                let windows = series.entry(labels.clone()).or_insert_with(|| vec![Part::default(); count]);
                if let Some(window) = windows.get_mut((age / window) as usize) {
                    window.add(part);
                }
            }
        }
        series
    }
}
