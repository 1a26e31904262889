//! `series_product`: the product of a series.

use crate::function::*;
use crate::series::all_numbers;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_product",
    summary: "Multiplies the elements of a series; null when one of them is no number.",
    signatures: &[signature(
        &[required("series", Accepts::Is(Type::Dynamic), "Array of numbers.")],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print series_product(dynamic([1, 2, 3, 4]))", "24.0")],
    evaluate: |call| call.reals(|row| Some(all_numbers(&call[0], row)?.iter().product())),
    ..DEFAULTS
};
