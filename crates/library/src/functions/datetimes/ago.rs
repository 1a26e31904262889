//! `ago`: the instant so long before the query. The same everywhere in a query.

use crate::calendar::in_range;
use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ago",
    summary: "The instant so long before the query; the same everywhere in a query.",
    signatures: &[signature(
        &[required("timespan", Accepts::Is(Type::TimeSpan), "How long before.")],
        Returns::Is(Type::DateTime),
    )],
    kind: Kind::Now,
    examples: &[example("print now() - ago(1h)", "01:00:00"), example("print ago(-1h) == now(1h)", "True")],
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
        instant.long(row)?.checked_sub(offset).and_then(in_range)
    })
}
