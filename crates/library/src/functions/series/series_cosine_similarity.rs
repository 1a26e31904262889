//! `series_cosine_similarity`: how alike the directions of two series are.

use crate::function::*;
use crate::series::all_numbers;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_cosine_similarity",
    summary: "Divides the dot product of two series by the product of their magnitudes.",
    signatures: &[signature(
        &[
            required("series1", Accepts::Is(Type::Dynamic), "Array of numbers."),
            required("series2", Accepts::Is(Type::Dynamic), "Another."),
            optional("magnitude1", Accepts::Is(Type::Real), "The magnitude of the first, when known."),
            optional("magnitude2", Accepts::Is(Type::Real), "The magnitude of the second, when known."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print series_cosine_similarity(dynamic([3, 4]), dynamic([6, 8]))", "1.0")],
    evaluate: |call| {
        call.reals(|row| {
            let (a, b) = (all_numbers(&call[0], row)?, all_numbers(&call[1], row)?);
            if a.len() != b.len() {
                return None;
            }
            let magnitude = |given: usize, series: &[f64]| match call.get(given) {
                Some(known) => known.real(row),
                None => Some(series.iter().map(|x| x * x).sum::<f64>().sqrt()),
            };
            let product: f64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            Some(product / (magnitude(2, &a)? * magnitude(3, &b)?))
        })
    },
    ..DEFAULTS
};
