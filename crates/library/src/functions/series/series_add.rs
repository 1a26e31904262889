//! `series_add`: two series added.

use crate::function::*;
use crate::series::pairs;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_add",
    summary: "Adds two series element by element; what lacks in the shorter one gives null.",
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
    examples: &[
        example("print series_add(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[5,4,5]"),
        example("print series_add(dynamic([1, 2]), 0.5)", "[1.5,2.5]"),
    ],
    evaluate: |call| call.dynamics(|row| pairs(call, row, Some(i64::wrapping_add), |a, b| a + b)),
    ..DEFAULTS
};
