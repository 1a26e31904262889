//! `series_fir`: a series through a moving filter.

use crate::function::*;
use crate::json::from_real;
use crate::series::all_numbers;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_fir",
    summary: "Gives for each element the sum of it and its neighbours weighted by a filter.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            required(
                "filter",
                Accepts::Is(Type::Dynamic),
                "Array of the weights, the first for the element itself.",
            ),
            optional(
                "normalize",
                Accepts::Is(Type::Bool),
                "Whether the weights are divided by their sum; without it, when none is negative.",
            ),
            optional(
                "center",
                Accepts::Is(Type::Bool),
                "Whether the filter lies around the element instead of before it.",
            ),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print series_fir(dynamic([0, 0, 2, 2, 3]), dynamic([1, -1]), false, false)",
            "[0.0,0.0,2.0,0.0,1.0]",
        ),
        example("print series_fir(dynamic([0, 3, 0]), dynamic([1, 1, 1]), true, true)", "[1.0,1.0,1.0]"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.dynamics(|row| {
            let (values, mut filter) = (all_numbers(&call[0], row)?, all_numbers(&call[1], row)?);
            let negative = filter.iter().any(|weight| *weight < 0.0);
            let normalize = call.get(2).and_then(|normalize| normalize.bool(row));
            if negative && normalize == Some(true) {
                return None;
            }
            if normalize.unwrap_or(!negative) {
                let sum: f64 = filter.iter().sum();
                filter.iter_mut().for_each(|weight| *weight /= sum);
            }
            let center = call.get(3).and_then(|center| center.bool(row)).unwrap_or(false);
            let ahead = if center { filter.len() / 2 } else { 0 };
            // Outside of the series all is zero.
            let weighted = |index: usize| -> f64 {
                let value = |step: usize| (index + ahead).checked_sub(step).and_then(|at| values.get(at));
                filter.iter().enumerate().filter_map(|(step, weight)| Some(weight * value(step)?)).sum()
            };
            Some(Json::Array((0..values.len()).map(|index| from_real(weighted(index))).collect()))
        })
    },
    ..DEFAULTS
};
