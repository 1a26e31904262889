//! `series_decompose`: a series as what repeats, what rises or falls, and what is left.

use crate::decompose::{Places, collect, columns};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_decompose",
    summary: "Takes a series apart into what repeats, its trend and the rest, as columns; the baseline is the sum of the first two.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            PERIOD,
            TREND,
            optional("test_points", Accepts::Integer, "How many elements at the end are not learned from."),
            THRESHOLD,
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print (baseline, seasonal, trend, residual) = series_decompose(dynamic([1, 2, 3]), 0)",
            "[2.0,2.0,2.0], [0.0,0.0,0.0], [2.0,2.0,2.0], [-1.0,0.0,1.0]",
        ),
        example(
            "print (baseline, seasonal, trend, residual) = series_decompose(dynamic([1, 5, 1, 5, 7, 5]), 2) \
             | project seasonal, residual",
            "[1.0,5.0,1.0,5.0,1.0,5.0], [-1.0,-1.0,-1.0,-1.0,5.0,-1.0]",
        ),
    ],
    columns: DECOMPOSED,
    evaluate: |call| collect(call, PLACES, |parts, _| Ok(columns(parts))),
    ..DEFAULTS
};

const PLACES: Places = Places { period: 1, trend: 2, left_out: 3, threshold: 4 };

/// The argument that gives the period.
pub const PERIOD: Parameter = optional(
    "seasonality",
    Accepts::Integer,
    "How many elements a period has; -1, the default, to detect it, 0 for none.",
);

/// The argument that names the trend.
pub const TREND: Parameter =
    optional("trend", Accepts::Is(Type::String), "`avg` (the default), `linefit` or `none`.");

/// The argument that gives the threshold of a detected period.
pub const THRESHOLD: Parameter = optional(
    "seasonality_threshold",
    Accepts::Number,
    "The least score of a detected period; 0.6 when not given.",
);

/// The columns of a decomposition.
pub const DECOMPOSED: Option<Columns> = Some(Columns::Parts(&[
    ("baseline", Type::Dynamic),
    ("seasonal", Type::Dynamic),
    ("trend", Type::Dynamic),
    ("residual", Type::Dynamic),
]));
