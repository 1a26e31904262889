//! `sumif`: the sum of the rows that meet a predicate.

use crate::aggregate::*;
use crate::function::*;
use crate::states::sum;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "sumif",
    summary: "Adds up the values of the rows for which the predicate is true.",
    signatures: &[
        signature(
            &[
                required("x", Accepts::OneOf(&[Type::Int, Type::Long]), "The values."),
                required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
            ],
            Returns::Is(Type::Long),
        ),
        signature(
            &[
                required(
                    "x",
                    Accepts::OneOf(&[Type::Real, Type::Decimal, Type::DateTime, Type::TimeSpan]),
                    "The values.",
                ),
                required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
            ],
            Returns::Argument(0),
        ),
    ],
    result_name: ResultName::Prefix("sumif"),
    predicate: Some(1),
    native: Some(Native::Sum),
    examples: &[example("range x from 1 to 5 step 1 | summarize sumif(x, x > 3)", "9")],
    states: sum::states,
    ..crate::aggregate::DEFAULTS
};
