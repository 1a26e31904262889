//! `covariance`: the covariance of a sample of pairs.

use crate::aggregate::*;
use crate::function::*;
use crate::states::moments;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "covariance",
    summary: "Gives the covariance of a sample of pairs; pairs with a null are left out.",
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
        ],
        Returns::Is(Type::Real),
    )],
    result_name: ResultName::All("covariance"),
    examples: &[example("datatable(x:long, y:long)[1, 2, 2, 4, 3, 6] | summarize covariance(x, y)", "2.0")],
    states: moments::covariance,
    ..crate::aggregate::DEFAULTS
};
