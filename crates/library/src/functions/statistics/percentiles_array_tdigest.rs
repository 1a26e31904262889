//! `percentiles_array_tdigest`: percentiles of a digest made by `tdigest` as an array.

use crate::digest::Digest;
use crate::function::*;
use crate::json::from_value;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "percentiles_array_tdigest",
    summary: "Gives the values at percentiles of a digest as an array.",
    // The array comes first: a dynamic would also convert to a single number.
    signatures: &[
        signature(
            &[
                required("tdigest", Accepts::Is(Type::Dynamic), "A digest made by tdigest."),
                required("percentiles", Accepts::Is(Type::Dynamic), "An array of numbers from 0 to 100."),
            ],
            Returns::Is(Type::Dynamic),
        ),
        signature(
            &[
                required("tdigest", Accepts::Is(Type::Dynamic), "A digest made by tdigest."),
                repeated("percentile", Accepts::Number, 1, "0 to 100."),
            ],
            Returns::Is(Type::Dynamic),
        ),
    ],
    result_name: ResultName::Prefix("percentile_tdigest"),
    examples: &[example(
        "range x from 1 to 9 step 1 | summarize t = tdigest(x) | project percentiles_array_tdigest(t, 50, 100)",
        "[5,9]",
    )],
    evaluate: |call| {
        call.dynamics(|row| {
            let mut digest = Digest::from_json(&call[0].json(row)?)?;
            digest.settle();
            let mut percents = Vec::new();
            for argument in &call.arguments[1..] {
                match argument.json(row) {
                    Some(Json::Array(items)) => percents.extend(items.iter().filter_map(Json::as_f64)),
                    _ => percents.extend(argument.real(row)),
                }
            }
            let value = |percent: &f64| {
                digest.percentile(*percent).as_ref().and_then(from_value).unwrap_or(Json::Null)
            };
            Some(Json::Array(percents.iter().map(value).collect()))
        })
    },
    ..DEFAULTS
};
