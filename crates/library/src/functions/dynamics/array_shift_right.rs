//! `array_shift_right`: an array moved to the right.

use crate::arrays::shifted;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_shift_right",
    summary: "Moves the elements of an array to the right; a filling takes the free places.",
    signatures: &[signature(
        &[
            required("array", Accepts::Is(Type::Dynamic), "The array."),
            required(
                "shift_count",
                Accepts::Integer,
                "How many places; a negative number moves to the left.",
            ),
            optional("default_value", Accepts::Any, "What fills the free places; null without it."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print array_shift_right(dynamic([1, 2, 3, 4, 5]), 2)", "[null,null,1,2,3]"),
        example("print array_shift_right(dynamic([1, 2, 3, 4, 5]), -2, -1)", "[3,4,5,-1,-1]"),
    ],
    evaluate: |call| {
        call.dynamics(|row| shifted(&call[0], call[1].long(row)?.saturating_neg(), call.get(2), row))
    },
    ..DEFAULTS
};
