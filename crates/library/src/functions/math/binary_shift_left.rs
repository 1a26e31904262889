//! `binary_shift_left`: bits moved to the left.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "binary_shift_left",
    summary: "Moves the bits of a number to the left; null for a negative shift.",
    signatures: &[signature(
        &[
            required("value1", Accepts::Integer, "A number."),
            required("shift", Accepts::Integer, "How many places, modulo 64."),
        ],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print binary_shift_left(1, 4)", "16"),
        example("print binary_shift_left(int(5), 40)", "5497558138880"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.longs(|row| {
            call[1]
                .long(row)
                .filter(|shift| *shift >= 0)
                .and_then(|shift| Some(call[0].long(row)? << (shift % 64)))
        })
    },
    ..DEFAULTS
};
