//! `calypso alert backtest`: all evaluations of rules in a stretch of time, as if they had been running.

use super::arrivals::{self, Compared};
use super::asking::Asking;
use super::check::table;
use super::rules;
use crate::arguments::Shared;
use crate::data::{self, Opened};
use crate::failure::Failure;
use crate::{interrupt, output};
use calypso_alerts::evaluate::{Evaluation, Replay, replay};
use calypso_alerts::rule::{Comparison, Condition, Limit};
use calypso_alerts::state::{Change, Kind};
use calypso_alerts::{Rule, Timespan};
use calypso_engine::RunOptions;
use calypso_library::format::datetime_text;
use calypso_library::{Answer, Type, Value, Visualization};
use calypso_view::Format;

/// Every firing and resolution, or what differs with the rows that had arrived; as a chart, the values and the thresholds
/// of each rule.
pub fn backtest(shared: &Shared, names: &[String], with_arrivals: bool) -> Result<(), Failure> {
    let format = output::format(shared)?;
    let (rules, unusable) = rules::read_usable(names)?;
    interrupt::listen(false);
    let opened = data::engine(shared)?;
    super::super::query::told(&opened);
    let (after, until) = stretch(shared, &opened)?;
    let mut ask = Asking { opened: &opened, interrupted: false };
    let compared = match with_arrivals {
        true => Some(Compared::new(&rules, after, until, &mut ask)?),
        false => None,
    };
    let columns = if with_arrivals { arrivals::COLUMNS } else { COLUMNS };
    let mut answers = Vec::new();
    let mut rows = Vec::new();
    let mut refused = unusable;
    for rule in &rules {
        let told = replay(rule, after, until, &mut ask).and_then(|replay| match &compared {
            None => Ok(Told {
                summary: summary(rule, &replay, until - after),
                rows: replay.changes.iter().map(|change| row(rule, change)).collect(),
                evaluations: vec![replay.evaluations],
            }),
            Some(compared) => compared.told(rule, replay, &mut ask),
        });
        let told = match told {
            Ok(told) => told,
            Err(_) if ask.interrupted => return Err(Failure::interrupted()),
            Err(reason) => {
                super::tell(&rule.name, &reason.0);
                refused += 1;
                continue;
            }
        };
        super::tell(&rule.name, &told.summary);
        if format == Format::Chart {
            answers.push(chart(rule, &told.evaluations)?);
        }
        rows.extend(told.rows);
    }
    rows.sort_by_key(|row| ticks(row));
    // On a terminal both are wanted, unless charts alone were asked for.
    if format != Format::Chart
        || Format::from_name(&shared.format) == Some(Format::Auto) && shared.output.is_none()
    {
        answers.push(table(columns, rows)?);
    }
    output::answers(shared, &answers)?;
    if !with_arrivals {
        // Behind the answers, since over many rows it takes a while.
        arrivals::tell_of_late_rows(&rules, after, until, &mut ask);
    }
    match refused {
        0 => Ok(()),
        _ => Err(Failure::Found(format!(
            "{refused} of {} rules could not be evaluated",
            rules.len() + unusable
        ))),
    }
}

/// What is told of a rule.
pub struct Told {
    /// A sentence.
    pub summary: String,
    /// Rows of the table.
    pub rows: Vec<Vec<Value>>,
    /// For the chart: those over all rows, and, where they were made, those over the rows that had arrived.
    pub evaluations: Vec<Vec<Evaluation>>,
}

const COLUMNS: &[(&str, Type)] = &[
    ("At", Type::DateTime),
    ("Change", Type::String),
    ("Rule", Type::String),
    ("Severity", Type::String),
    ("Series", Type::String),
    ("Value", Type::Real),
    ("Threshold", Type::Real),
    ("Lasted", Type::TimeSpan),
    ("Alert", Type::String),
];

/// A number, if it is one.
pub fn real(number: Option<f64>) -> Value {
    number.filter(|number| !number.is_nan()).map_or(Value::Null(Type::Real), Value::Real)
}

fn ticks(row: &[Value]) -> Option<i64> {
    match row.first() {
        Some(Value::DateTime(ticks)) => Some(*ticks),
        _ => None,
    }
}

fn row(rule: &Rule, change: &Change) -> Vec<Value> {
    let (word, lasted) = match change.kind {
        Kind::Fired => ("fired", Value::Null(Type::TimeSpan)),
        Kind::Resolved => ("resolved", Value::TimeSpan(change.at.saturating_sub(change.since))),
    };
    vec![
        Value::DateTime(change.at),
        Value::String(word.to_owned()),
        Value::String(rule.name.clone()),
        Value::String(rule.severity.azure_name().to_owned()),
        Value::String(change.found.labels.to_string()),
        real(change.found.value),
        real(Some(change.found.threshold)),
        lasted,
        Value::String(change.id.clone()),
    ]
}

/// From `--from` (else the first row of the logs) to `--to` (else now).
pub fn stretch(shared: &Shared, opened: &Opened) -> Result<(i64, i64), Failure> {
    let wanted = data::run_options(shared, opened)?.time_range;
    let now = opened.now.unwrap_or_else(data::clock);
    let (from, to) = wanted.unwrap_or((i64::MIN, i64::MAX));
    let until = to.min(now);
    let after = if from == i64::MIN { first_row(opened)? } else { from };
    if after >= until {
        let reason = format!("from {} to {} there is no time", datetime_text(after), datetime_text(until));
        return Err(Failure::Usage(reason));
    }
    Ok((after, until))
}

fn first_row(opened: &Opened) -> Result<i64, Failure> {
    let text = "AADProvisioningLogs | summarize min(TimeGenerated)";
    let answers = interrupt::run(&opened.engine, text, &RunOptions::default())
        .map_err(|error| Failure::Query { text: text.to_owned(), origin: String::new(), error })?;
    let first = answers.first().and_then(|answer| {
        let batch = answer.batches.first().filter(|batch| batch.num_rows() > 0)?;
        Some(Value::from_array(Type::DateTime, batch.columns().first()?.as_ref(), 0))
    });
    match first {
        Some(Value::DateTime(ticks)) => Ok(ticks.saturating_sub(1)),
        _ => Err(Failure::Data("there are no rows in AADProvisioningLogs to replay".to_owned())),
    }
}

/// How often the rule fired, and which threshold would have fired about once a week.
fn summary(rule: &Rule, replay: &Replay, length: i64) -> String {
    let fired = replay.changes.iter().filter(|change| change.kind == Kind::Fired).count();
    let standing = replay.standing.alerts().count();
    let times = if fired == 1 { "once".to_owned() } else { format!("{fired} times") };
    let mut told = format!("{} evaluations, fired {times}", replay.evaluations.len());
    if standing > 0 {
        told += &format!(", {standing} standing at the end");
    }
    if let Some(threshold) = once_a_week(replay, length).filter(|_| has_upper_limit(rule)) {
        told += &format!("; a threshold of {threshold} would have been passed about once a week");
    }
    told
}

/// Whether a rule fires above one number that is the same for all series.
fn has_upper_limit(rule: &Rule) -> bool {
    let above = |operator: Comparison| matches!(operator, Comparison::Greater | Comparison::GreaterOrEqual);
    match &rule.condition {
        Condition::Measured(measured) => measured.criteria.iter().all(|criterion| above(criterion.operator)),
        Condition::Counted(counted) => above(counted.operator),
        Condition::Series(series) => matches!(series.threshold, Limit::Number(_)) && above(series.operator),
    }
}

/// The value that was passed on as many days as there are weeks, taking the greatest value of each day; none of less than
/// two weeks, or where values hardly differ.
fn once_a_week(replay: &Replay, length: i64) -> Option<f64> {
    let day_ticks = Timespan::days(1).ticks();
    let weeks = usize::try_from(length / (7 * day_ticks)).ok().filter(|weeks| *weeks >= 2)?;
    let mut days: std::collections::BTreeMap<i64, f64> = std::collections::BTreeMap::new();
    for evaluation in &replay.evaluations {
        for value in evaluation.found.iter().filter_map(|found| found.value) {
            let day = days.entry(evaluation.at.div_euclid(day_ticks)).or_insert(value);
            *day = day.max(value);
        }
    }
    let mut greatest: Vec<f64> = days.into_values().collect();
    greatest.sort_by(|one, other| other.total_cmp(one));
    let (most, passed) = (*greatest.first()?, *greatest.get(weeks)?);
    (most > passed).then_some(passed)
}

/// The values of the series that come nearest to firing, over all rows and over those that had arrived, and the threshold.
fn chart(rule: &Rule, evaluations: &[Vec<Evaluation>]) -> Result<Answer, Failure> {
    let nearest = |evaluation: &Evaluation| {
        let values = evaluation.found.iter().filter_map(|found| Some((found.value?, found.threshold)));
        values.max_by(|one, other| one.0.total_cmp(&other.0))
    };
    let mut columns = vec![("At", Type::DateTime), ("Value", Type::Real), ("Seen", Type::Real)];
    columns.truncate(1 + evaluations.len());
    columns.push(("Threshold", Type::Real));
    let at = |place: usize| evaluations.iter().filter_map(move |all| all.get(place));
    let length = evaluations.first().map_or(0, Vec::len);
    let rows = (0..length).map(|place| {
        let values: Vec<_> = at(place).map(nearest).collect();
        let limit = values.iter().flatten().map(|(_, limit)| *limit).next();
        let mut row: Vec<Value> = at(place).take(1).map(|one| Value::DateTime(one.at)).collect();
        row.extend(values.iter().map(|value| real(value.map(|(value, _)| value))));
        row.push(real(limit));
        row
    });
    let properties = vec![("title".to_owned(), rule.title.clone().unwrap_or_else(|| rule.name.clone()))];
    let visualization = Some(Visualization { kind: "timechart".to_owned(), properties });
    Ok(Answer { visualization, ..table(&columns, rows.collect())? })
}
