//! `series_stats`: the figures of a series as columns.

use super::series_stats_dynamic::figures;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_stats",
    summary: "Gives least, greatest, mean and spread of a series as columns; nulls do not count.",
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
    examples: &[
        example("print series_stats(dynamic([1, 2, 3]))", "1.0, 0, 3.0, 2, 2.0, 1.0, 1.0"),
        example("print (least, place) = series_stats(dynamic([4, 2])) | project least, place", "2.0, 1"),
    ],
    columns: Some(Columns::Parts(&[
        ("min", Type::Real),
        ("min_idx", Type::Long),
        ("max", Type::Real),
        ("max_idx", Type::Long),
        ("avg", Type::Real),
        ("stdev", Type::Real),
        ("variance", Type::Real),
    ])),
    evaluate: |call| call.dynamics(|row| figures(call, row)),
    ..DEFAULTS
};
