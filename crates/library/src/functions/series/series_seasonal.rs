//! `series_seasonal`: the repeating part of a series.

use crate::arrays::elements;
use crate::call::Call;
use crate::decompose::array;
use crate::function::*;
use crate::seasons::{best_period, seasonal};
use crate::series::number;
use crate::types::Type;
use crate::value::Json;

/// The threshold of a detected period that Kusto documents with this function.
const PERIOD_THRESHOLD: f64 = 0.7;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_seasonal",
    summary: "Gives for each element the median of all elements at the same place of a period; zeros when there is no period.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            optional(
                "period",
                Accepts::Integer,
                "How many elements a period has; -1, the default, to detect it.",
            ),
            optional("test_points", Accepts::Integer, "How many elements at the end do not count."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print series_seasonal(dynamic([1, 3, 5, 1, 3, 5, 2, 4, 6]), 3)",
            "[1.0,3.0,5.0,1.0,3.0,5.0,1.0,3.0,5.0]",
        ),
        example(
            "print series_seasonal(dynamic([9, 5, 4, 5, 8, 9, 5, 4, 5, 8, 9, 5, 4, 5, 8, 9]))[14]",
            "8.0",
        ),
        example("print series_seasonal(dynamic([1, 2, 3]))", "[0.0,0.0,0.0]"),
    ],
    evaluate: |call| call.dynamics(|row| repeating(call, row)),
    ..DEFAULTS
};

fn repeating(call: &Call, row: usize) -> Option<Json> {
    let values: Vec<Option<f64>> = elements(&call[0], row)?.iter().map(number).collect();
    let long = |place: usize| call.get(place).and_then(|argument| argument.long(row));
    let learned = values.len().saturating_sub(usize::try_from(long(2).unwrap_or(0)).unwrap_or(0));
    let period = match long(1).unwrap_or(-1) {
        -1 => best_period(&values[..learned], PERIOD_THRESHOLD),
        given => usize::try_from(given).ok().filter(|period| *period > 0),
    };
    Some(match period {
        Some(period) => array(&seasonal(&values, period, learned)),
        None => array(&vec![0.0; values.len()]),
    })
}
