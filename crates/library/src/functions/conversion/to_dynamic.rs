//! `to dynamic`: a scalar as an element of a dynamic; no query writes it, the planner does.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "to dynamic",
    summary: "Packs a scalar as a dynamic value; datetime, timespan, guid and decimal become text.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value to pack.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    if source.ty == Type::Dynamic {
        return Ok(source.column(call.rows));
    }
    call.dynamics(|row| source.json(row))
}
