//! `varianceif`: the variance of a sample, of the rows that meet a predicate.

use crate::aggregate::*;
use crate::function::*;
use crate::states::moments;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "varianceif",
    summary: "Gives the variance of a sample, over the rows for which the predicate is true.",
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
    result_name: ResultName::Prefix("varianceif"),
    predicate: Some(1),
    examples: &[example("range x from 1 to 100 step 1 | summarize varianceif(x, x % 2 == 0)", "850.0")],
    states: moments::variance,
    ..crate::aggregate::DEFAULTS
};
