//! `array_rotate_right`: an array turned to the right.

use crate::arrays::elements;
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_rotate_right",
    summary: "Moves the elements of an array to the right; those that leave come in again at the start.",
    signatures: &[signature(
        &[
            required("array", Accepts::Is(Type::Dynamic), "The array."),
            required(
                "rotate_count",
                Accepts::Integer,
                "How many places; a negative number turns to the left.",
            ),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print array_rotate_right(dynamic([1, 2, 3, 4, 5]), 2)", "[4,5,1,2,3]"),
        example("print array_rotate_right(dynamic([1, 2, 3, 4, 5]), -2)", "[3,4,5,1,2]"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let mut elements = elements(&call[0], row)?;
            if !elements.is_empty() {
                let count = call[1].long(row)?.rem_euclid(elements.len() as i64);
                elements.rotate_right(count as usize);
            }
            Some(Json::Array(elements))
        })
    },
    ..DEFAULTS
};
