//! `pack_array`: an array from values.

use crate::call::Argument;
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "pack_array",
    summary: "Makes an array from values; with a star from all columns of the row.",
    signatures: &[signature(
        &[repeated("value", Accepts::Any, 1, "A value, or `*`.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print pack_array(1, 'a', true)", "[1,\"a\",true]"),
        example("print pack_array(1d, long(null))", "[\"1.00:00:00\",null]"),
        example("print a = 1, b = 'x' | project pack_array(*)", "[1,\"x\"]"),
    ],
    takes_star: true,
    evaluate: |call| {
        call.dynamics(|row| {
            let element = |argument: &Argument| argument.json(row).unwrap_or(Json::Null);
            Some(Json::Array(call.arguments.iter().map(element).collect()))
        })
    },
    ..DEFAULTS
};
