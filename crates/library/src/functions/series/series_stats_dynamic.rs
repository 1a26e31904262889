//! `series_stats_dynamic`: the figures of a series as a bag.

use crate::arrays::elements;
use crate::call::Call;
use crate::function::*;
use crate::json::from_real;
use crate::series::number;
use crate::types::Type;
use crate::value::Json;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_stats_dynamic",
    summary: "Gives least, greatest, mean, spread, sum and length of a series; nulls do not count.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            constant(optional(
                "ignore_nonfinite",
                Accepts::Is(Type::Bool),
                "Whether infinities and NaN are left out.",
            )),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print series_stats_dynamic(dynamic([1, 2, 3]))",
        "{\"min\":1.0,\"min_idx\":0,\"max\":3.0,\"max_idx\":2,\"avg\":2.0,\"stdev\":1.0,\"variance\":1.0,\"sum\":6.0,\"len\":3}",
    )],
    evaluate: |call| call.dynamics(|row| figures(call, row)),
    ..DEFAULTS
};

/// The figures of one row; nothing where no element is a number.
pub fn figures(call: &Call, row: usize) -> Option<Json> {
    let elements = elements(&call[0], row)?;
    let finite_only = call.get(1).and_then(|ignore| ignore.bool(row)).unwrap_or(false);
    let values: Vec<(usize, f64)> = elements
        .iter()
        .enumerate()
        .filter_map(|(index, element)| Some((index, number(element)?)))
        .filter(|(_, value)| !finite_only || value.is_finite())
        .collect();
    let count = values.len() as f64;
    let sum: f64 = values.iter().map(|(_, value)| value).sum();
    let mean = sum / count;
    let squares: f64 = values.iter().map(|(_, value)| (value - mean).powi(2)).sum();
    let variance = if values.len() > 1 { squares / (count - 1.0) } else { 0.0 };
    let first = values.first().copied()?;
    let least = values.iter().copied().fold(first, |best, next| if next.1 < best.1 { next } else { best });
    let most = values.iter().copied().fold(first, |best, next| if next.1 > best.1 { next } else { best });
    Some(json!({
        "min": from_real(least.1),
        "min_idx": least.0,
        "max": from_real(most.1),
        "max_idx": most.0,
        "avg": from_real(mean),
        "stdev": from_real(variance.sqrt()),
        "variance": from_real(variance),
        "sum": from_real(sum),
        "len": elements.len(),
    }))
}
