//! Our own condition over a whole range: the query gives the values of all its evaluations.

use super::rows::{Keys, each, instant, needed, number};
use super::{Evaluation, Found};
use crate::ask::{Ask, Question, Refused};
use crate::rule::{Limit, Rule, Series};
use calypso_library::Value;
use std::collections::BTreeMap;

/// The evaluations at `after < t <= until` that have rows, in order.
pub(super) fn evaluate(
    rule: &Rule,
    series: &Series,
    after: i64,
    until: i64,
    ask: &mut dyn Ask,
) -> Result<Vec<Evaluation>, Refused> {
    let parameters = vec![
        ("From", Value::DateTime(after)),
        ("To", Value::DateTime(until)),
        ("Every", Value::TimeSpan(rule.schedule.every.ticks())),
    ];
    let answer =
        ask.ask(&Question { text: &series.query.text, range: None, arrived: None, now: until, parameters })?;
    let keys = Keys::new(&answer, &series.dimensions)?;
    let (at, value) = (needed(&answer, "At")?, needed(&answer, "Value")?);
    let threshold = match series.threshold {
        Limit::Number(_) => None,
        Limit::Column => Some(needed(&answer, "Threshold")?),
    };
    let ends = rule.ends_column().map(|column| needed(&answer, column)).transpose()?;
    let told = |name: &str| {
        let dimension = series.dimensions.iter().any(|one| one.column == name);
        let meant = matches!(name, "At" | "Value" | "Threshold") || rule.ends_column() == Some(name);
        !dimension && !meant
    };
    let columns = answer.columns.iter().enumerate().filter(|(_, column)| told(&column.name));
    let details: Vec<(usize, &str)> = columns.map(|(at, column)| (at, column.name.as_str())).collect();
    let mut evaluations: BTreeMap<i64, Evaluation> = BTreeMap::new();
    let mut stray = false;
    each(&answer, |row| {
        let Some(labels) = keys.of(row) else { return };
        let Some(at) = instant(&row(at)).filter(|at| after < *at && *at <= until) else {
            stray = true;
            return;
        };
        let value = number(&row(value));
        let limit = match (series.threshold, threshold) {
            (Limit::Number(number), _) => Some(number),
            (Limit::Column, Some(column)) => number(&row(column)),
            (Limit::Column, None) => None,
        };
        let fires = value.zip(limit).is_some_and(|(value, limit)| series.operator.holds(value, limit));
        let found = Found {
            labels,
            value,
            threshold: limit.unwrap_or(f64::NAN),
            fires,
            ends: ends.is_some_and(|column| row(column) == Value::Bool(true)),
            details: details.iter().map(|(at, name)| ((*name).to_owned(), row(*at).text())).collect(),
        };
        evaluations.entry(at).or_insert_with(|| nothing(series, at)).found.push(found);
    });
    if stray {
        return Err(Refused("the query gives rows whose `At` is not after `From` and until `To`".to_owned()));
    }
    let mut evaluations: Vec<Evaluation> = evaluations.into_values().collect();
    for evaluation in &mut evaluations {
        evaluation.found.sort_by(|one, other| one.labels.cmp(&other.labels));
    }
    Ok(evaluations)
}

/// An evaluation without rows.
pub(super) fn nothing(series: &Series, at: i64) -> Evaluation {
    let window = (at.saturating_sub(series.window.ticks()), at);
    Evaluation { at, window, found: Vec::new(), notes: Vec::new() }
}
