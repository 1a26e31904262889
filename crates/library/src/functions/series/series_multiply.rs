//! `series_multiply`: two series multiplied.

use crate::function::*;
use crate::series::pairs;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_multiply",
    summary: "Multiplies two series element by element.",
    signatures: &[
        signature(
            &[
                required("series1", Accepts::Is(Type::Dynamic), "Array of numbers."),
                required("series2", Accepts::Is(Type::Dynamic), "Another."),
            ],
            Returns::Is(Type::Dynamic),
        ),
        signature(
            &[
                required("series1", Accepts::Is(Type::Dynamic), "Array of numbers."),
                required("number", Accepts::Number, "A number that stands for every element."),
            ],
            Returns::Is(Type::Dynamic),
        ),
        signature(
            &[
                required("number", Accepts::Number, "A number that stands for every element."),
                required("series2", Accepts::Is(Type::Dynamic), "Array of numbers."),
            ],
            Returns::Is(Type::Dynamic),
        ),
    ],
    examples: &[example("print series_multiply(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[4,4,4]")],
    evaluate: |call| call.dynamics(|row| pairs(call, row, Some(i64::wrapping_mul), |a, b| a * b)),
    ..DEFAULTS
};
