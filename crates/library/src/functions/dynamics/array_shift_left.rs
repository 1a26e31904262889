//! `array_shift_left`: an array moved to the left.

use crate::arrays::shifted;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_shift_left",
    summary: "Moves the elements of an array to the left; a filling takes the free places.",
    signatures: &[signature(
        &[
            required("array", Accepts::Is(Type::Dynamic), "The array."),
            required(
                "shift_count",
                Accepts::Integer,
                "How many places; a negative number moves to the right.",
            ),
            optional("default_value", Accepts::Any, "What fills the free places; null without it."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print array_shift_left(dynamic([1, 2, 3, 4, 5]), 2)", "[3,4,5,null,null]"),
        example("print array_shift_left(dynamic([1, 2, 3, 4, 5]), -2, -1)", "[-1,-1,1,2,3]"),
    ],
    evaluate: |call| call.dynamics(|row| shifted(&call[0], call[1].long(row)?, call.get(2), row)),
    ..DEFAULTS
};
