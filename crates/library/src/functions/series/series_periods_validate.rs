//! `series_periods_validate`: how well a series repeats itself in given periods.

use crate::arrays::elements;
use crate::call::Call;
use crate::decompose::array;
use crate::function::*;
use crate::seasons::Rhythm;
use crate::series::number;
use crate::types::Type;
use crate::value::Json;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_periods_validate",
    summary: "Scores how well a series repeats itself in given periods, from 0 to 1.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            repeated(
                "period",
                Accepts::Number,
                1,
                "A period in elements, from four to half of the series; up to 16 of them.",
            ),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print s = dynamic([5, 1, 2, 1, 5, 1, 2, 1, 5, 1, 2, 1, 5, 1, 2, 1, 5, 1, 2, 1]) \
         | project (periods, scores) = series_periods_validate(s, 4, 5) \
         | project periods, toreal(scores[0]) > 0.8, scores[1]",
        "[4.0,5.0], True, 0.0",
    )],
    columns: Some(Columns::Parts(&[("periods", Type::Dynamic), ("scores", Type::Dynamic)])),
    evaluate: |call| call.dynamics(|row| validated(call, row)),
    ..DEFAULTS
};

fn validated(call: &Call, row: usize) -> Option<Json> {
    let values: Vec<Option<f64>> = elements(&call[0], row)?.iter().map(number).collect();
    let rhythm = Rhythm::new(&values);
    let periods: Option<Vec<f64>> = call.arguments[1..].iter().map(|period| period.real(row)).collect();
    let periods = periods?;
    // A period that is no whole number is judged by the nearest one.
    let scores: Vec<f64> = periods.iter().map(|period| rhythm.score(period.round() as usize)).collect();
    Some(json!({ "periods": array(&periods), "scores": array(&scores) }))
}
