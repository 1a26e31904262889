//! `series_decompose_forecast`: what the last elements of a series should be.

use super::series_decompose::{DECOMPOSED, PERIOD, THRESHOLD, TREND};
use crate::decompose::{Places, collect, columns};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_decompose_forecast",
    summary: "Foretells the last elements of a series from those before, as the first of the columns of `series_decompose`.",
    signatures: &[signature(
        &[
            required(
                "series",
                Accepts::Is(Type::Dynamic),
                "Array of numbers, room for the forecast included.",
            ),
            required("points", Accepts::Integer, "How many elements at the end are foretold."),
            PERIOD,
            TREND,
            THRESHOLD,
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print (forecast) = series_decompose_forecast(dynamic([1, 2, 3, 4, 0, 0]), 2, 0, 'linefit') \
         | project forecast",
        "[1.0,2.0,3.0,4.0,5.0,6.0]",
    )],
    columns: DECOMPOSED,
    evaluate: |call| collect(call, PLACES, |parts, _| Ok(columns(parts))),
    ..DEFAULTS
};

const PLACES: Places = Places { left_out: 1, period: 2, trend: 3, threshold: 4 };
