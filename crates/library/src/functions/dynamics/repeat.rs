//! `repeat`: an array of one value many times.

use crate::call::EvaluateError;
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "repeat",
    summary: "Makes an array that holds a value a number of times.",
    signatures: &[signature(
        &[
            required("value", Accepts::Any, "The value."),
            required("count", Accepts::Is(Type::Long), "How often."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print repeat(1, 3)", "[1,1,1]"), example("print repeat('a', 0)", "[]")],
    result_name: ResultName::Prefix("repeat"),
    evaluate: |call| {
        if (0..call.rows).any(|row| call[1].long(row).is_some_and(|count| count > MOST)) {
            return Err(EvaluateError(format!("repeat makes arrays of at most {MOST} elements")));
        }
        call.dynamics(|row| {
            let count = usize::try_from(call[1].long(row)?).ok()?;
            Some(Json::Array(vec![call[0].json(row).unwrap_or(Json::Null); count]))
        })
    },
    ..DEFAULTS
};

/// The most elements of one array.
const MOST: i64 = 1 << 20;
