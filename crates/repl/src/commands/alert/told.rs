//! What is told of a firing or a resolution. In: a rule and a change. Out: the notification, the same for every channel.

use crate::data::UNIX_TICKS;
use calypso_alerts::Rule;
use calypso_alerts::evaluate::Found;
use calypso_alerts::rule::{Aggregate, Comparison, Condition, Measure};
use calypso_alerts::state::{Change, Firing, Kind};
use calypso_notify::{AlertId, Link, Measured, Notification, Operator, Severity};
use calypso_server::alerts::firing_path;
use chrono::{DateTime, Utc};

/// Ticks of 100 ns in a second.
const SECOND: i64 = 10_000_000;

/// What is told of a change, with a link to the alert where the settings name the live page. The end of an alert repeats
/// what it fired by.
pub fn notification(rule: &Rule, change: &Change, page: Option<&Link>) -> Result<Notification, String> {
    let Firing { found, window } = &change.firing;
    let detail = |name: &str| {
        let of_name = found.details.iter().find(|(key, _)| key == name);
        of_name.map(|(_, text)| text.clone())
    };
    let mut properties = rule.properties.clone();
    let others = found.details.iter().filter(|(name, _)| !matches!(name.as_str(), "title" | "description"));
    properties.extend(others.cloned());
    let fired = Notification {
        alert: AlertId::try_from(change.id.clone())?,
        rule: rule.name.clone(),
        title: detail("title").or_else(|| rule.title.clone()).unwrap_or_else(|| rule.name.clone()),
        description: detail("description").or_else(|| rule.description.clone()).unwrap_or_default(),
        severity: Severity::new(rule.severity.number()).ok_or("there is no such severity")?,
        fired: utc(change.since),
        resolved: None,
        window: (utc(window.0), utc(window.1)),
        series: found.labels.0.clone(),
        measured: measured(rule, found),
        properties,
        link: page.and_then(|page| page.below(&firing_path(&rule.name, change.since, &change.id))),
    };
    Ok(match change.kind {
        Kind::Fired => fired,
        Kind::Resolved => fired.resolved(utc(change.at)),
    })
}

fn measured(rule: &Rule, found: &Found) -> Vec<Measured> {
    let one =
        |query: &str, aggregation: &str, column: Option<&str>, operator: Comparison, failing| Measured {
            query: query.to_owned(),
            aggregation: aggregation.to_owned(),
            column: column.map(str::to_owned),
            value: found.value,
            operator: operator_of(operator),
            threshold: found.threshold,
            failing,
        };
    match &rule.condition {
        Condition::Measured(measured) => {
            let all = measured.criteria.iter().map(|criterion| {
                let (aggregation, column) = match &criterion.measure {
                    Measure::Rows => ("Count", None),
                    Measure::Column { aggregate, column } => {
                        (aggregate_name(*aggregate), Some(column.as_str()))
                    }
                };
                let failing = (criterion.failing.least, criterion.failing.of);
                let threshold = criterion.threshold;
                Measured {
                    threshold,
                    ..one(&criterion.query.text, aggregation, column, criterion.operator, failing)
                }
            });
            all.collect()
        }
        Condition::Counted(counted) => {
            vec![one(&counted.query.text, "Count", None, counted.operator, (1, 1))]
        }
        Condition::Series(series) => {
            vec![one(&series.query.text, "Maximum", Some("Value"), series.operator, (1, 1))]
        }
    }
}

fn aggregate_name(aggregate: Aggregate) -> &'static str {
    match aggregate {
        Aggregate::Average => "Average",
        Aggregate::Minimum => "Minimum",
        Aggregate::Maximum => "Maximum",
        Aggregate::Total => "Total",
    }
}

fn operator_of(comparison: Comparison) -> Operator {
    match comparison {
        Comparison::Equal => Operator::Equals,
        Comparison::NotEqual => Operator::NotEquals,
        Comparison::Greater => Operator::GreaterThan,
        Comparison::GreaterOrEqual => Operator::GreaterThanOrEqual,
        Comparison::Less => Operator::LessThan,
        Comparison::LessOrEqual => Operator::LessThanOrEqual,
    }
}

/// Ticks as a time of the calendar.
pub fn utc(ticks: i64) -> DateTime<Utc> {
    let since = ticks.saturating_sub(UNIX_TICKS);
    let nanos = u32::try_from(since.rem_euclid(SECOND) * 100).unwrap_or(0);
    DateTime::from_timestamp(since.div_euclid(SECOND), nanos).unwrap_or_default()
}
