//! From a rule and an instant to what it finds, with the meaning of the product the rule is written for. In: a rule, the
//! instants of evaluations, and who answers queries. Out: for each evaluation the series with their values, and whether
//! each would fire. What becomes of it in time is `state`'s.

mod arrived;
pub(crate) mod by_row;
mod counted;
mod measured;
mod replay;
pub(crate) mod rows;
mod series;
mod sliding;
mod windows;

use crate::ask::{Ask, Refused};
use crate::rule::{Condition, Rule};
pub use arrived::arrived;
pub use replay::{Replay, evaluations, instants, replay};
use std::fmt;

/// What tells a series apart: columns and the texts of their values, in the rule's order. None: the only series.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Labels(pub Vec<(String, String)>);

/// What an evaluation found of one series.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// Which.
    pub labels: Labels,
    /// The value of the newest window; `None` where there is none.
    pub value: Option<f64>,
    /// What it was compared with.
    pub threshold: f64,
    /// Whether it fires.
    pub fires: bool,
    /// Whether something says that an alert of it is over.
    pub ends: bool,
    /// What the row says of the alert: names and texts, with the title and description that a rule makes of it.
    pub details: Vec<(String, String)>,
}

/// One evaluation.
#[derive(Clone, PartialEq, Debug)]
pub struct Evaluation {
    /// When, ticks.
    pub at: i64,
    /// What the newest values are made of: later than, and until, ticks.
    pub window: (i64, i64),
    /// The series, by their labels.
    pub found: Vec<Found>,
    /// What a person should know: sentences.
    pub notes: Vec<String>,
}

/// Evaluates a rule at an instant.
///
/// # Errors
/// When a query is refused, or its answer lacks a column that the rule needs.
pub fn evaluate(rule: &Rule, at: i64, ask: &mut dyn Ask) -> Result<Evaluation, Refused> {
    let end = at.saturating_sub(rule.schedule.delay.ticks());
    match &rule.condition {
        Condition::Measured(measured) => {
            let mut evaluation = measured::evaluate(measured, at, end, ask)?;
            if let Some(query) = rule.ends_when() {
                measured::mark_ends(measured, query, at, end, ask, &mut evaluation.found)?;
            }
            Ok(evaluation)
        }
        Condition::Counted(counted) => counted::evaluate(counted, at, end, ask),
        Condition::Series(series) => {
            let after = at.saturating_sub(rule.schedule.every.ticks());
            let mut found = series::evaluate(rule, series, after, at, ask)?;
            Ok(found.pop().unwrap_or_else(|| series::nothing(series, at)))
        }
    }
}

/// `JobId = a, Action = b`; `all` for the only series.
impl fmt::Display for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("all");
        }
        for (at, (column, value)) in self.0.iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            write!(f, "{comma}{column} = {value}")?;
        }
        Ok(())
    }
}
