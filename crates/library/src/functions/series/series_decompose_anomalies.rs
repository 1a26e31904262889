//! `series_decompose_anomalies`: the elements of a series that are far from what they should be.

use super::series_decompose::{PERIOD, THRESHOLD, TREND};
use crate::call::{Call, EvaluateError};
use crate::decompose::{Parts, Places, array, collect};
use crate::function::*;
use crate::outliers::{WIDE, kind, scores};
use crate::types::Type;
use crate::value::Json;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_decompose_anomalies",
    summary: "Marks the elements of a series that are far from its baseline, as columns: 1 above, -1 below, else 0; the score; the baseline.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            optional(
                "threshold",
                Accepts::Number,
                "The score beyond which an element is marked; 1.5 when not given.",
            ),
            PERIOD,
            TREND,
            optional("test_points", Accepts::Integer, "How many elements at the end are not learned from."),
            optional(
                "method",
                Accepts::Is(Type::String),
                "`ctukey` (the default): usual are percentiles 10 to 90; `tukey`: 25 to 75.",
            ),
            THRESHOLD,
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print (flag, score, baseline) = \
         series_decompose_anomalies(dynamic([4, 5, 6, 5, 4, 5, 6, 5, 40, 5, 6, 5, 4, 5, -40]), 1.5, 0, 'none') | project flag",
        "[0,0,0,0,0,0,0,0,1,0,0,0,0,0,-1]",
    )],
    columns: Some(Columns::Parts(&[
        ("ad_flag", Type::Dynamic),
        ("ad_score", Type::Dynamic),
        ("baseline", Type::Dynamic),
    ])),
    evaluate: |call| collect(call, PLACES, |parts, row| anomalies(call, parts, row)),
    ..DEFAULTS
};

const PLACES: Places = Places { period: 2, trend: 3, left_out: 4, threshold: 6 };

/// The threshold beyond which an element is marked, as documented.
const MARKED: f64 = 1.5;

fn anomalies(call: &Call, parts: &Parts, row: usize) -> Result<Json, EvaluateError> {
    let name = call.get(5).map(|name| name.text(row)).unwrap_or_default();
    let found = if name.is_empty() { Some(WIDE) } else { kind(&name) };
    let Some(usual) = found else {
        return Err(EvaluateError(format!("the method `{name}` is not known: expected `ctukey` or `tukey`")));
    };
    let limit = call.get(1).and_then(|limit| limit.real(row)).unwrap_or(MARKED);
    let mark = |score: f64| if score > limit { 1 } else { -i64::from(score < -limit) };
    let scores = scores(&parts.residual(), usual, parts.learned);
    let flags: Json = scores.iter().map(|score| Json::from(mark(*score))).collect();
    Ok(json!({ "ad_flag": flags, "ad_score": array(&scores), "baseline": array(&parts.baseline()) }))
}
