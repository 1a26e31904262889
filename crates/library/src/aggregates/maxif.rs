//! `maxif`: the greatest value of the rows that meet a predicate.

use crate::aggregate::*;
use crate::function::*;
use crate::states::extreme;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "maxif",
    summary: "Gives the greatest value of the rows for which the predicate is true.",
    signatures: &[signature(
        &[
            required(
                "x",
                Accepts::OneOf(&[
                    Type::Bool,
                    Type::Int,
                    Type::Long,
                    Type::Real,
                    Type::Decimal,
                    Type::String,
                    Type::DateTime,
                    Type::TimeSpan,
                ]),
                "The values.",
            ),
            required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
        ],
        Returns::Argument(0),
    )],
    result_name: ResultName::Prefix("maxif"),
    predicate: Some(1),
    native: Some(Native::Max),
    examples: &[example("range x from 1 to 5 step 1 | summarize maxif(x, x < 3)", "2")],
    states: extreme::states::<true>,
    ..crate::aggregate::DEFAULTS
};
