//! `assert`: stops a query that should not run.

use crate::call::{Call, EvaluateError, Evaluated};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "assert",
    summary: "True where the condition holds; else the query is refused with the message. Both must be known before any row.",
    signatures: &[signature(
        &[
            constant(required("condition", Accepts::Is(Type::Bool), "What must hold.")),
            constant(required("message", Accepts::Is(Type::String), "What is said when it does not.")),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[example("print assert(1 < 2, 'numbers are broken')", "True")],
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    if call.rows > 0 && call[0].bool(0) != Some(true) {
        return Err(EvaluateError(format!("assert() has failed with message: '{}'", call[1].text(0))));
    }
    call.bools(|_| Some(true))
}
