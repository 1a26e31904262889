//! `array_reverse`: an array backwards.

use crate::arrays::elements;
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_reverse",
    summary: "Reverses the order of an array's elements.",
    signatures: &[signature(
        &[required("array", Accepts::Is(Type::Dynamic), "The array.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print array_reverse(dynamic(['this', 'is', 'it']))", "[\"it\",\"is\",\"this\"]")],
    evaluate: |call| {
        call.dynamics(|row| Some(Json::Array(elements(&call[0], row)?.into_iter().rev().collect())))
    },
    ..DEFAULTS
};
