//! `binary_shift_right`: bits moved to the right.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "binary_shift_right",
    summary: "Moves the bits of a number to the right, keeping its sign; null for a negative shift.",
    signatures: &[signature(
        &[
            required("value1", Accepts::Integer, "A number."),
            required("shift", Accepts::Integer, "How many places, modulo 64."),
        ],
        Returns::Is(Type::Long),
    )],
    examples: &[example("print binary_shift_right(16, 3)", "2")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.longs(|row| {
            call[1]
                .long(row)
                .filter(|shift| *shift >= 0)
                .and_then(|shift| Some(call[0].long(row)? >> (shift % 64)))
        })
    },
    ..DEFAULTS
};
