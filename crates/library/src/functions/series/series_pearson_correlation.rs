//! `series_pearson_correlation`: how two series go together.

use crate::function::*;
use crate::series::all_numbers;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_pearson_correlation",
    summary: "Gives Pearson's correlation of two series of one length.",
    signatures: &[signature(
        &[
            required("series1", Accepts::Is(Type::Dynamic), "Array of numbers."),
            required("series2", Accepts::Is(Type::Dynamic), "Another."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print series_pearson_correlation(dynamic([1, 2, 3]), dynamic([2, 4, 6]))", "1.0")],
    evaluate: |call| {
        call.reals(|row| {
            let (a, b) = (all_numbers(&call[0], row)?, all_numbers(&call[1], row)?);
            if a.len() != b.len() || a.is_empty() {
                return None;
            }
            let mean = |series: &[f64]| series.iter().sum::<f64>() / series.len() as f64;
            let (mean_a, mean_b) = (mean(&a), mean(&b));
            let sum = |f: fn(f64, f64) -> f64| -> f64 {
                a.iter().zip(&b).map(|(a, b)| f(a - mean_a, b - mean_b)).sum()
            };
            let both = sum(|a, b| a * b);
            Some(both / (sum(|a, _| a * a) * sum(|_, b| b * b)).sqrt())
        })
    },
    ..DEFAULTS
};
