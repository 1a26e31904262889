//! How many rows came late: after an evaluation that looked at their time, and of those the ones that a difference between
//! two replays follows from.

use crate::arrivals::{Arrivals, LOGS};
use crate::ask::{Ask, Question, Range, Refused};
use crate::evaluate::by_row::{of_rows, quoted};
use crate::evaluate::rows::{each, needed, number};
use crate::rule::{Condition, Rule};
use crate::shift::Shift;
use calypso_library::{Answer, Json, Value};
use std::collections::BTreeSet;

/// How many rows of the stretch `after < t <= until` arrived after the first evaluation of one of these rules that looked
/// at their time, of the rule that this happened to most. The time of a row is that of its envelope, which spares reading
/// the logs: where that is later than the row's own, the row counts as late only beyond it. Where arrivals are known and
/// times of envelopes are not, the logs are read.
///
/// # Errors
/// When the tables cannot be asked.
pub fn came_late(rules: &[Rule], after: i64, until: i64, ask: &mut dyn Ask) -> Result<u64, Refused> {
    let mut asked = |rows: &str, then: &str, (every, delay, range): (i64, i64, i64)| {
        let parameters = vec![
            ("After", Value::DateTime(after)),
            ("Until", Value::DateTime(until)),
            ("Every", Value::TimeSpan(every)),
            ("Delay", Value::TimeSpan(delay)),
            ("Reach", Value::TimeSpan(range)),
        ];
        let text = format!("{DECLARED}\n{rows}\n{then}\n| count");
        count(&ask.ask(&Question { text: &text, range: None, arrived: None, now: until, parameters })?)
    };
    let schedules: BTreeSet<(i64, i64, i64)> = rules
        .iter()
        .map(|rule| (rule.schedule.every.ticks().max(1), rule.schedule.delay.ticks(), rule.range().ticks()))
        .collect();
    let rows = match asked(ENVELOPES, "| where isnull(Time)", (1, 0, 0))? {
        0 => ENVELOPES,
        _ => ROWS,
    };
    let mut most = 0;
    for schedule in schedules {
        most = most.max(asked(rows, CAME_LATE, schedule)?);
    }
    Ok(most)
}

const DECLARED: &str = "declare query_parameters(After: datetime, Until: datetime, Every: timespan, Delay: timespan, Reach: timespan);";

const ENVELOPES: &str =
    "ProvisioningDelivery | where isnotnull(ArrivalTime) | project ArrivalTime, Time = EnvelopeTime";

const ROWS: &str = "\
ProvisioningDelivery
| where isnotnull(ArrivalTime) and isnotempty(Id)
| join kind=inner (AADProvisioningLogs | project Id, Time = TimeGenerated) on Id";

const CAME_LATE: &str = "\
| where Time > After and Time <= Until
| extend Looked = bin(Time + Delay - 1tick, Every) + Every
| where ArrivalTime > Looked and Looked <= Until and Time > Looked - Delay - Reach";

/// How many rows were late at the evaluations that led to a difference, within the ranges of these: of a query that looks
/// at each row by itself those that it lets through; else of the series, as far as its columns are columns of the logs, and
/// where it has no such row, of all.
///
/// # Errors
/// When the logs cannot be asked.
pub fn late_rows(rule: &Rule, shift: &Shift, arrivals: &Arrivals, ask: &mut dyn Ask) -> Result<u64, Refused> {
    let late = arrivals.late_at(&shift.evaluations);
    let (Some(first), Some(last)) = (shift.evaluations.first(), shift.evaluations.last()) else {
        return Ok(0);
    };
    if late.is_empty() {
        return Ok(0);
    }
    let late = Json::Array(late.into_iter().map(|id| Json::String(id.to_owned())).collect());
    let late = ("calypso_ids", Value::Dynamic(late));
    let delay = rule.schedule.delay.ticks();
    let within = Range {
        after: first.saturating_sub(delay).saturating_sub(rule.range().ticks()),
        until: last.saturating_sub(delay),
    };
    let range = match &rule.condition {
        Condition::Measured(_) | Condition::Counted(_) => Some(within),
        Condition::Series(_) => None,
    };
    let mut asked = |rows: &str, columns: &[&(String, String)]| {
        let named: Vec<_> = PARAMETERS.iter().copied().zip(columns.iter().copied()).collect();
        let declared: String = named.iter().map(|(name, _)| format!(", {name}: string")).collect();
        let same: String = named
            .iter()
            .map(|(name, (column, _))| format!("\n| where tostring({}) == {name}", quoted(column)))
            .collect();
        let text =
            format!("declare query_parameters(calypso_ids: dynamic{declared});\n{rows}{same}\n| count");
        let mut parameters = vec![late.clone()];
        parameters.extend(named.iter().map(|(name, (_, value))| (*name, Value::String(value.clone()))));
        let question = Question { text: &text, range, arrived: None, now: *last, parameters };
        count(&ask.ask(&question)?)
    };
    let series = &shift.labels.0;
    if let (Condition::Measured(_), [query]) = (&rule.condition, rule.queries().as_slice())
        && let Some(rows) = of_rows(&query.text, AMONG)
    {
        return asked(rows.trim_end().trim_end_matches(';'), &series.iter().collect::<Vec<_>>());
    }
    let rows = format!("{LOGS} | where {AMONG}");
    let known: Vec<_> = series.iter().filter(|(column, _)| arrivals.has_column(column)).collect();
    match asked(&rows, &known)? {
        0 => asked(&rows, &[]),
        some => Ok(some),
    }
}

const AMONG: &str = "Id in (calypso_ids)";

/// Parameters for the values of a series: a rule has six dimensions at most.
const PARAMETERS: [&str; 6] = ["calypso_a", "calypso_b", "calypso_c", "calypso_d", "calypso_e", "calypso_f"];

/// The number that `count` gives.
fn count(answer: &Answer) -> Result<u64, Refused> {
    let place = needed(answer, "Count")?;
    let mut count = 0;
    each(answer, |row| count = number(&row(place)).unwrap_or(0.0) as u64);
    Ok(count)
}
