//! Rules of one family as rules of another, where their meanings allow it.

use super::lost;
use crate::own::phrases::measure_text;
use crate::rule::*;
use crate::{Finding, Timespan};
use calypso_parser::ast::{Operator, Statement};
use calypso_parser::print_name;

/// A rule that measures windows, as Azure's are.
pub fn measured(rule: &Rule) -> (Rule, Vec<Finding>) {
    let Condition::Counted(counted) = &rule.condition else { return (rule.clone(), Vec::new()) };
    let mut findings = Vec::new();
    let parts = [
        (!counted.entities.is_empty(), "entity mappings"),
        (!counted.details.is_empty(), "custom details"),
        (counted.overrides != Overrides::default(), "what overrides an alert's details"),
        (!counted.tactics.is_empty() || !counted.techniques.is_empty(), "tactics and techniques"),
        (counted.grouping == Grouping::PerResult, "one alert per row"),
        (!rule.schedule.delay.is_zero(), "the wait for late rows"),
    ];
    for (_, what) in parts.iter().filter(|(there, _)| *there) {
        findings.push(lost(rule, format!("Azure Monitor has no place for {what}")));
    }
    let criterion = Criterion {
        query: counted.query.clone(),
        measure: Measure::Rows,
        dimensions: Vec::new(),
        resource_column: None,
        operator: counted.operator,
        threshold: counted.threshold as f64,
        failing: FailingPeriods { least: 1, of: 1 },
        absent_within: None,
    };
    let condition = Condition::Measured(Measured {
        criteria: vec![criterion],
        window: counted.period,
        range: None,
        warm_up: Timespan::ZERO,
    });
    let schedule = Schedule { delay: Timespan::ZERO, ..rule.schedule.clone() };
    let life = Life::Stateless { mute: counted.suppression };
    (Rule { condition, schedule, life, ..rule.clone() }, findings)
}

/// A rule that counts rows, as Sentinel's are.
pub fn counted(rule: &Rule) -> (Rule, Vec<Finding>) {
    let mut findings = Vec::new();
    let Condition::Measured(measured) = &rule.condition else { return (rule.clone(), findings) };
    let refuse = |what: &str| Finding::error("not-carried-over", rule.source.place, what).of(&rule.name);
    let [criterion] = &measured.criteria[..] else {
        return (rule.clone(), vec![refuse("Sentinel has one query, and the rule has several criteria")]);
    };
    let once = criterion.failing == FailingPeriods { least: 1, of: 1 };
    for (there, what) in [
        (!once, "Sentinel looks at one range, and the rule at several windows"),
        (
            measured.range.is_some_and(|range| range != measured.window),
            "the query is asked for more than its window",
        ),
        (criterion.absent_within.is_some(), "Sentinel knows no series that have no rows"),
        (criterion.resource_column.is_some(), "Sentinel does not tell series apart by resource"),
    ] {
        if there {
            findings.push(refuse(what));
        }
    }
    if let Life::Stateful { .. } = rule.life {
        findings.push(lost(rule, "alerts of Sentinel do not resolve"));
    }
    if !rule.properties.is_empty() {
        findings.push(lost(rule, "Sentinel has no place for custom properties"));
    }
    let plain = criterion.dimensions.is_empty() && criterion.measure == Measure::Rows;
    let (query, (operator, threshold), grouping) = match (plain, whole(criterion)) {
        (true, Some(trigger)) => (criterion.query.text.clone(), trigger, Grouping::Single),
        _ => match with_series(criterion) {
            Some(text) => (text, (Comparison::Greater, 0), Grouping::PerResult),
            None => {
                findings.push(refuse("the query cannot be continued, as it ends in `render` or is broken"));
                return (rule.clone(), findings);
            }
        },
    };
    let mute = match &rule.life {
        Life::Stateless { mute } => *mute,
        Life::Stateful { .. } => None,
    };
    let condition = Condition::Counted(Box::new(Counted {
        query: Query { text: query, place: criterion.query.place },
        period: measured.window,
        operator,
        threshold,
        realtime: false,
        grouping,
        suppression: mute,
        entities: Vec::new(),
        details: Vec::new(),
        overrides: Overrides::default(),
        tactics: Vec::new(),
        techniques: Vec::new(),
    }));
    (Rule { condition, life: Life::Stateless { mute: None }, ..rule.clone() }, findings)
}

/// The trigger in whole numbers, with the operators that Sentinel has.
fn whole(criterion: &Criterion) -> Option<(Comparison, u64)> {
    let threshold =
        Some(criterion.threshold).filter(|number| number.fract() == 0.0 && (0.0..9e15).contains(number));
    let threshold = threshold? as u64;
    match criterion.operator {
        Comparison::GreaterOrEqual => Some((Comparison::Greater, threshold.checked_sub(1)?)),
        Comparison::LessOrEqual => Some((Comparison::Less, threshold + 1)),
        same @ (Comparison::Greater | Comparison::Less | Comparison::Equal | Comparison::NotEqual) => {
            Some((same, threshold))
        }
    }
}

/// The query with the values of series and the threshold in it.
fn with_series(criterion: &Criterion) -> Option<String> {
    let parsed = calypso_parser::parse(&criterion.query.text);
    let last = parsed.query.statements.last().filter(|_| parsed.is_ok())?;
    let Statement::Tabular(answer) = last else { return None };
    if matches!(answer.operators.last(), Some(Operator::Render(_))) {
        return None;
    }
    let mut text = criterion.query.text.get(..answer.span.end as usize)?.to_owned();
    let mut names = Vec::new();
    for Dimension { column, values } in &criterion.dimensions {
        let column = print_name(column);
        let (operator, values) = match values {
            Values::All => ("", &[][..]),
            Values::Include(values) => ("in", &values[..]),
            Values::Exclude(values) => ("!in", &values[..]),
        };
        if !values.is_empty() {
            let quoted: Vec<String> = values.iter().map(|value| crate::own::quoted(value)).collect();
            text += &format!("\n| where tostring({column}) {operator} ({})", quoted.join(", "));
        }
        names.push(column);
    }
    let value = measure_text(&criterion.measure, print_name);
    let by = if names.is_empty() { String::new() } else { format!(" by {}", names.join(", ")) };
    let (operator, threshold) = (criterion.operator.symbol(), criterion.threshold);
    Some(format!("{text}\n| summarize AlertValue = {value}{by}\n| where AlertValue {operator} {threshold}"))
}
