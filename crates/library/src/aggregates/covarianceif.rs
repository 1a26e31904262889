//! `covarianceif`: the covariance of a sample of pairs that meet a predicate.

use crate::aggregate::*;
use crate::function::*;
use crate::states::moments;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "covarianceif",
    summary: "Gives the covariance of the pairs for which the predicate is true, as of a sample.",
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
    result_name: ResultName::All("covarianceif"),
    predicate: Some(2),
    examples: &[example(
        "datatable(x:long, y:long)[1, 2, 2, 4, 3, 6] | summarize covarianceif(x, y, x < 3)",
        "1.0",
    )],
    states: moments::covariance,
    ..crate::aggregate::DEFAULTS
};
