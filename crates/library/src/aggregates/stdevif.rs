//! `stdevif`: the standard deviation of a sample, of the rows that meet a predicate.

use crate::aggregate::*;
use crate::function::*;
use crate::states::moments;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "stdevif",
    summary: "Gives the standard deviation of a sample, over the rows for which the predicate is true.",
    signatures: &[signature(
        &[
            required(
                "x",
                Accepts::OneOf(&[
                    Type::Int,
                    Type::Long,
                    Type::Real,
                    Type::Decimal,
                    Type::DateTime,
                    Type::TimeSpan,
                ]),
                "The values.",
            ),
            required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
        ],
        Returns::Is(Type::Real),
    )],
    result_name: ResultName::Prefix("stdevif"),
    predicate: Some(1),
    examples: &[example(
        "range x from 1 to 100 step 1 | summarize round(stdevif(x, x % 2 == 0), 4)",
        "29.1548",
    )],
    states: moments::deviation,
    ..crate::aggregate::DEFAULTS
};
