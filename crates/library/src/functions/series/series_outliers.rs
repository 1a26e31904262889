//! `series_outliers`: how far elements lie outside of what is usual.

use crate::arrays::elements;
use crate::call::{Call, EvaluateError, Evaluated};
use crate::decompose::array;
use crate::function::*;
use crate::outliers::{Usual, WIDE, kind, scores};
use crate::series::number;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_outliers",
    summary: "Scores how far each element lies outside of what is usual, by Tukey's fences: beyond 1.5 or below -1.5 it is an outlier.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            optional(
                "kind",
                Accepts::Is(Type::String),
                "`ctukey` (the default): percentiles 10 and 90, or those given; `tukey`: 25 and 75.",
            ),
            optional(
                "ignore_val",
                Accepts::Number,
                "A number that stands for what is missing; its score is 0.",
            ),
            optional("min_percentile", Accepts::Number, "Where the usual begins for `ctukey`, from 2 to 98."),
            optional("max_percentile", Accepts::Number, "Where it ends."),
            optional("test_points", Accepts::Integer, "How many elements at the end are not learned from."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print series_outliers(dynamic([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 40]))[10]", "3.75"),
        example("print series_outliers(dynamic([1, 2, 3, 4, 5, -5]), 'tukey')[5]", "-2.5"),
        example("print series_outliers(dynamic([1, 2, 3, 4, 5, -5]), 'tukey', -5)[5]", "0.0"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let rows: Result<Vec<Option<Json>>, EvaluateError> =
        (0..call.rows).map(|row| scored(call, row)).collect();
    let mut rows = rows?.into_iter();
    call.dynamics(|_| rows.next().flatten())
}

fn scored(call: &Call, row: usize) -> Result<Option<Json>, EvaluateError> {
    let Some(elements) = elements(&call[0], row) else { return Ok(None) };
    let usual = usual(call, row)?;
    let ignored = call.get(2).and_then(|ignored| ignored.real(row));
    let values: Vec<Option<f64>> =
        elements.iter().map(|element| number(element).filter(|value| Some(*value) != ignored)).collect();
    let left_out = call.get(5).and_then(|points| points.long(row)).unwrap_or(0);
    let learned = values.len().saturating_sub(usize::try_from(left_out).unwrap_or(0));
    Ok(Some(array(&scores(&values, usual, learned))))
}

/// What is usual, by the kind and the percentiles given.
fn usual(call: &Call, row: usize) -> Result<Usual, EvaluateError> {
    let name = call.get(1).map(|name| name.text(row)).unwrap_or_default();
    let found = if name.is_empty() { Some(WIDE) } else { kind(&name) };
    let Some(usual) = found else {
        return Err(EvaluateError(format!("the kind `{name}` is not known: expected `ctukey` or `tukey`")));
    };
    if usual != WIDE {
        return Ok(usual);
    }
    let given = |place: usize| call.get(place).and_then(|percentile| percentile.real(row));
    let usual = Usual { from: given(3).unwrap_or(WIDE.from), to: given(4).unwrap_or(WIDE.to) };
    let valid = |percentile: f64| (2.0..=98.0).contains(&percentile);
    if valid(usual.from) && valid(usual.to) && usual.from < usual.to {
        return Ok(usual);
    }
    Err(EvaluateError("the percentiles must be from 2 to 98, the lower first".to_owned()))
}
