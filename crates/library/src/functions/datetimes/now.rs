//! `now`: the instant of the query, or one so far from it. The same everywhere in a query.

use crate::calendar::in_range;
use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "now",
    summary: "The instant of the query, or one so far from it; the same everywhere in a query.",
    signatures: &[signature(
        &[optional("offset", Accepts::Is(Type::TimeSpan), "How much later; negative is earlier.")],
        Returns::Is(Type::DateTime),
    )],
    kind: Kind::Now,
    examples: &[example("print now() == now()", "True"), example("print now() - now(-2d)", "2.00:00:00")],
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    // The planner appends the instant of the query.
    let Some((instant, given)) = call.arguments.split_last() else {
        return Err(EvaluateError("the instant of the query is missing".to_owned()));
    };
    call.longs(|row| {
        let offset = given.first().map_or(Some(0), |offset| offset.long(row))?;
        instant.long(row)?.checked_add(offset).and_then(in_range)
    })
}
