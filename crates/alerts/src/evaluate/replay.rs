//! All evaluations of a rule in a stretch of time, and what came of them.

use super::{Evaluation, evaluate, series, sliding};
use crate::Timespan;
use crate::ask::{Ask, Refused};
use crate::rule::{Condition, Rule};
use crate::state::{Change, Standing};

/// What a replay found.
#[derive(Clone, PartialEq, Debug)]
pub struct Replay {
    /// Every evaluation at which a series had a value, in order.
    pub evaluations: Vec<Evaluation>,
    /// Every firing and resolution, in order.
    pub changes: Vec<Change>,
    /// The alerts that stand at the end.
    pub standing: Standing,
}

/// The instants `after < t <= until` at which a rule is evaluated: multiples of the length since 0001-01-01 UTC.
pub fn instants(every: Timespan, after: i64, until: i64) -> Vec<i64> {
    let every = every.ticks().max(1);
    let first = (after.div_euclid(every) + 1).saturating_mul(every);
    std::iter::successors((first <= until).then_some(first), |at| at.checked_add(every))
        .take_while(|at| *at <= until)
        .collect()
}

/// Evaluates a rule at all its instants `after < t <= until`, with no alert standing at first.
///
/// # Errors
/// When an evaluation has none.
pub fn replay(rule: &Rule, after: i64, until: i64, ask: &mut dyn Ask) -> Result<Replay, Refused> {
    Ok(Replay::of(rule, evaluations(rule, after, until, ask)?))
}

impl Replay {
    /// What comes of evaluations in order, with no alert standing at first.
    pub fn of(rule: &Rule, evaluations: Vec<Evaluation>) -> Replay {
        let mut standing = Standing::default();
        let changes = evaluations.iter().flat_map(|evaluation| standing.step(rule, evaluation)).collect();
        Replay { evaluations, changes, standing }
    }
}

/// All evaluations of a rule at its instants `after < t <= until`, in order.
///
/// # Errors
/// When one cannot be made.
pub fn evaluations(
    rule: &Rule,
    after: i64,
    until: i64,
    ask: &mut dyn Ask,
) -> Result<Vec<Evaluation>, Refused> {
    let instants = instants(rule.schedule.every, after, until);
    if instants.is_empty() {
        return Ok(Vec::new());
    }
    match &rule.condition {
        Condition::Series(one) => {
            let given = series::evaluate(rule, one, after, until, ask)?;
            with_silent(given, &instants, |at| series::nothing(one, at))
        }
        Condition::Measured(one) if rule.ends_when().is_none() => {
            match sliding::evaluate(one, &instants, rule.schedule.delay.ticks(), sliding::Rows::All, ask)? {
                Some(evaluations) => Ok(evaluations),
                None => one_by_one(rule, &instants, ask),
            }
        }
        Condition::Measured(_) | Condition::Counted(_) => one_by_one(rule, &instants, ask),
    }
}

fn one_by_one(rule: &Rule, instants: &[i64], ask: &mut dyn Ask) -> Result<Vec<Evaluation>, Refused> {
    instants.iter().map(|at| evaluate(rule, *at, ask)).collect()
}

/// The evaluations given, and empty ones at all other instants: alerts end there, too.
fn with_silent(
    given: Vec<Evaluation>,
    instants: &[i64],
    nothing: impl Fn(i64) -> Evaluation,
) -> Result<Vec<Evaluation>, Refused> {
    let mut given = given.into_iter().peekable();
    let mut all = Vec::with_capacity(instants.len());
    for at in instants {
        match given.next_if(|evaluation| evaluation.at <= *at) {
            Some(evaluation) if evaluation.at == *at => all.push(evaluation),
            Some(_) => {
                return Err(Refused("the query gives rows whose `At` is no multiple of `Every`".to_owned()));
            }
            None => all.push(nothing(*at)),
        }
    }
    match given.next() {
        Some(_) => Err(Refused("the query gives rows whose `At` is no multiple of `Every`".to_owned())),
        None => Ok(all),
    }
}

impl Evaluation {
    /// Whether there is anything to see of it.
    pub fn is_silent(&self) -> bool {
        self.found.is_empty() && self.notes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evaluations_stand_at_multiples() {
        let hour = Timespan::hours(1);
        let at = |hours: i64| hours * hour.ticks();
        assert_eq!(instants(hour, at(3), at(5)), [at(4), at(5)]);
        assert_eq!(instants(hour, at(3) - 1, at(5) - 1), [at(3), at(4)]);
        assert!(instants(hour, at(3), at(3)).is_empty());
        assert!(instants(hour, at(4), at(3)).is_empty());
    }
}
