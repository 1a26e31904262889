//! `series_equals`: two series equal.

use crate::function::*;
use crate::series::compared;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_equals",
    summary: "Tells for each element whether it equals that of another series.",
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
    examples: &[example("print series_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[false,true,false]")],
    evaluate: |call| call.dynamics(|row| compared(call, row, |a, b| a == b)),
    ..DEFAULTS
};
