//! `covariancepif`: the covariance of a population of pairs that meet a predicate.

use crate::aggregate::*;
use crate::function::*;
use crate::states::moments;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "covariancepif",
    summary: "Gives the covariance of the pairs for which the predicate is true, as of a population.",
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
            required(
                "y",
                Accepts::OneOf(&[
                    Type::Int,
                    Type::Long,
                    Type::Real,
                    Type::Decimal,
                    Type::DateTime,
                    Type::TimeSpan,
                ]),
                "The values of the other variable.",
            ),
            required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
        ],
        Returns::Is(Type::Real),
    )],
    result_name: ResultName::All("covariancepif"),
    predicate: Some(2),
    examples: &[example(
        "datatable(x:long, y:long)[1, 2, 2, 4, 3, 6] | summarize covariancepif(x, y, x < 3)",
        "0.5",
    )],
    states: moments::covariance_population,
    ..crate::aggregate::DEFAULTS
};
