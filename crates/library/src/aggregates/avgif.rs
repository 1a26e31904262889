//! `avgif`: the average of the rows that meet a predicate.

use crate::aggregate::*;
use crate::function::*;
use crate::states::average;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "avgif",
    summary: "Gives the average of the rows for which the predicate is true.",
    signatures: &[
        signature(
            &[
                required("x", Accepts::OneOf(&[Type::Int, Type::Long, Type::Real]), "The values."),
                required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
            ],
            Returns::Is(Type::Real),
        ),
        signature(
            &[
                required(
                    "x",
                    Accepts::OneOf(&[Type::Decimal, Type::DateTime, Type::TimeSpan]),
                    "The values.",
                ),
                required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
            ],
            Returns::Argument(0),
        ),
    ],
    result_name: ResultName::Prefix("avgif"),
    predicate: Some(1),
    examples: &[example("range x from 1 to 5 step 1 | summarize avgif(x, x > 3)", "4.5")],
    states: average::states,
    ..crate::aggregate::DEFAULTS
};
