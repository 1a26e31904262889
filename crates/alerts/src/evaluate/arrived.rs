//! The evaluations as they were: each sees only the rows that had arrived at its instant.

use super::{Evaluation, evaluate, instants, series, sliding};
use crate::arrivals::Arrivals;
use crate::ask::{Arrived, Ask, Question, Refused};
use crate::rule::{Condition, Rule};
use calypso_library::Answer;

/// All evaluations of a rule at its instants `after < t <= until`, in order. `whole` are those over all rows. `far` is told
/// how many are done, of how many.
///
/// Measured conditions over queries that look at each row by itself need one query; else each evaluation needs its own, of
/// a series those alone for which rows were late: the value of a series at an instant is made of rows until then.
///
/// # Errors
/// When one cannot be made.
pub fn arrived(
    rule: &Rule,
    (after, until): (i64, i64),
    whole: &[Evaluation],
    arrivals: &Arrivals,
    ask: &mut dyn Ask,
    far: &mut dyn FnMut(usize, usize),
) -> Result<Vec<Evaluation>, Refused> {
    let instants = instants(rule.schedule.every, after, until);
    if let Condition::Measured(measured) = &rule.condition
        && rule.ends_when().is_none()
        && let Some(evaluations) =
            sliding::evaluate(measured, &instants, rule.schedule.delay.ticks(), sliding::Rows::Arrived, ask)?
    {
        return Ok(evaluations);
    }
    let mut sweep = arrivals.sweep();
    let mut evaluations = Vec::with_capacity(instants.len());
    for (done, at) in instants.iter().enumerate() {
        far(done, instants.len());
        let arrived = sweep.at(*at);
        let same = match &rule.condition {
            Condition::Series(one) if arrived.late.is_empty() => {
                let known = whole.binary_search_by_key(at, |evaluation| evaluation.at);
                let known = known.ok().and_then(|place| whole.get(place)).cloned();
                Some(known.unwrap_or_else(|| series::nothing(one, *at)))
            }
            Condition::Series(_) | Condition::Measured(_) | Condition::Counted(_) => None,
        };
        evaluations.push(match same {
            Some(evaluation) => evaluation,
            None => evaluate(rule, *at, &mut Then { arrived, ask })?,
        });
    }
    Ok(evaluations)
}

/// Asks as one who saw only what had arrived.
struct Then<'a> {
    arrived: Arrived,
    ask: &'a mut dyn Ask,
}

impl Ask for Then<'_> {
    fn ask(&mut self, question: &Question) -> Result<Answer, Refused> {
        self.ask.ask(&Question { arrived: Some(self.arrived.clone()), ..question.clone() })
    }
}
