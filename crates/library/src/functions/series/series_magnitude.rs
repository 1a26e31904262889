//! `series_magnitude`: the length of a series as a vector.

use crate::function::*;
use crate::series::all_numbers;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_magnitude",
    summary: "Gives the square root of the sum of the squares of a series.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print series_magnitude(dynamic([3, 4]))", "5.0")],
    evaluate: |call| {
        call.reals(|row| Some(all_numbers(&call[0], row)?.iter().map(|x| x * x).sum::<f64>().sqrt()))
    },
    ..DEFAULTS
};
