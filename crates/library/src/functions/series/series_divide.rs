//! `series_divide`: two series divided.

use crate::function::*;
use crate::series::pairs;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_divide",
    summary: "Divides a series by another element by element; the results are reals.",
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
    examples: &[example("print series_divide(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[0.25,1.0,4.0]")],
    evaluate: |call| call.dynamics(|row| pairs(call, row, None, |a, b| a / b)),
    ..DEFAULTS
};
