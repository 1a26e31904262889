//! `series_iir`: a series through a filter that feeds back.

use crate::function::*;
use crate::json::from_real;
use crate::series::all_numbers;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_iir",
    summary: "Gives for each element a sum of it and those before, weighted, less a weighted sum of the results before.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            required("numerators", Accepts::Is(Type::Dynamic), "Array of the weights of the elements."),
            required(
                "denominators",
                Accepts::Is(Type::Dynamic),
                "Array of the weights of the results, the first not zero.",
            ),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print series_iir(dynamic([1, 2, 3]), dynamic([1]), dynamic([1, -1]))",
        "[1.0,3.0,6.0]",
    )],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.dynamics(|row| {
            let values = all_numbers(&call[0], row)?;
            let (up, down) = (all_numbers(&call[1], row)?, all_numbers(&call[2], row)?);
            let first = down.first().copied().filter(|first| *first != 0.0)?;
            let mut results: Vec<f64> = Vec::with_capacity(values.len());
            for index in 0..values.len() {
                let fed = |weights: &[f64], from: &[f64], start: usize| -> f64 {
                    let at = |step: usize| index.checked_sub(step).and_then(|at| from.get(at));
                    weights.iter().enumerate().skip(start).filter_map(|(step, w)| Some(w * at(step)?)).sum()
                };
                let result = (fed(&up, &values, 0) - fed(&down, &results, 1)) / first;
                results.push(result);
            }
            Some(Json::Array(results.into_iter().map(from_real).collect()))
        })
    },
    ..DEFAULTS
};
