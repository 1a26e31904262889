//! `variancepif`: the variance of a population, of the rows that meet a predicate.

use crate::aggregate::*;
use crate::function::*;
use crate::states::moments;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "variancepif",
    summary: "Gives the variance of a population, over the rows for which the predicate is true.",
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
    result_name: ResultName::Prefix("variancepif"),
    predicate: Some(1),
    examples: &[example("range x from 1 to 5 step 1 | summarize variancepif(x, x < 3)", "0.25")],
    states: moments::variance_population,
    ..crate::aggregate::DEFAULTS
};
