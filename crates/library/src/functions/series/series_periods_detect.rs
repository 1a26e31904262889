//! `series_periods_detect`: the periods in which a series repeats itself.

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
    name: "series_periods_detect",
    summary: "Finds the periods in which a series repeats itself, the clearest first, with scores from 0 to 1; what is not found is 0.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            required("min_period", Accepts::Number, "The shortest period looked for."),
            required("max_period", Accepts::Number, "The longest."),
            required("num_periods", Accepts::Integer, "How many to give."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print (periods, scores) = series_periods_detect(repeat(dynamic([1]), 4), 0, 50, 1)",
            "[0.0], [0.0]",
        ),
        example(
            "print s = dynamic([5, 1, 2, 1, 5, 1, 2, 1, 5, 1, 2, 1, 5, 1, 2, 1, 5, 1, 2, 1]) \
             | project (periods, scores) = series_periods_detect(s, 3, 10, 2) | project periods",
            "[4.0,0.0]",
        ),
    ],
    columns: Some(Columns::Parts(&[("periods", Type::Dynamic), ("scores", Type::Dynamic)])),
    evaluate: |call| call.dynamics(|row| detected(call, row)),
    ..DEFAULTS
};

fn detected(call: &Call, row: usize) -> Option<Json> {
    let values: Vec<Option<f64>> = elements(&call[0], row)?.iter().map(number).collect();
    let wanted = usize::try_from(call[3].long(row)?).ok()?.min(values.len());
    let mut found = Rhythm::new(&values).periods(call[1].real(row)?, call[2].real(row)?);
    found.resize(wanted, (0, 0.0));
    let periods: Vec<f64> = found.iter().map(|(period, _)| *period as f64).collect();
    let scores: Vec<f64> = found.iter().map(|(_, score)| *score).collect();
    Some(json!({ "periods": array(&periods), "scores": array(&scores) }))
}
