//! `array_concat`: arrays joined.

use crate::arrays::elements;
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_concat",
    summary: "Joins arrays into one.",
    signatures: &[signature(
        &[repeated("array", Accepts::Is(Type::Dynamic), 1, "An array.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print array_concat(dynamic([1, 2]), dynamic(['a']))", "[1,2,\"a\"]")],
    evaluate: |call| {
        call.dynamics(|row| {
            let arrays: Option<Vec<_>> = call.arguments.iter().map(|array| elements(array, row)).collect();
            Some(Json::Array(arrays?.into_iter().flatten().collect()))
        })
    },
    ..DEFAULTS
};
