//! `series_pow`: powers of two series.

use crate::function::*;
use crate::series::pairs;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_pow",
    summary: "Gives the elements of a series to the powers of another; the results are reals.",
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
    examples: &[example(
        "print series_pow(dynamic([1, 2, 3, 4]), dynamic([1, 2, 3, 0.5]))",
        "[1.0,4.0,27.0,2.0]",
    )],
    evaluate: |call| call.dynamics(|row| pairs(call, row, None, f64::powf)),
    ..DEFAULTS
};
