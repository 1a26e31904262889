//! `series_sum`: the sum of a series.

use crate::function::*;
use crate::series::all_numbers;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_sum",
    aliases: &["array_sum"],
    summary: "Adds the elements of a series; null when one of them is no number.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Real),
    )],
    examples: &[
        example("print series_sum(dynamic([1, 2, 3, 4]))", "10.0"),
        example("print series_sum(dynamic([1, 'x']))", ""),
    ],
    evaluate: |call| call.reals(|row| Some(all_numbers(&call[0], row)?.iter().sum())),
    ..DEFAULTS
};
