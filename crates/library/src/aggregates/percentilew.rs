//! `percentilew`: the value at a percentile of weighted values.

use crate::aggregate::*;
use crate::function::*;
use crate::states::percentile::{Form, WEIGHTED_SHARING, weighted};
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "percentilew",
    summary: "Gives the value at a percentile, each value counting as often as its weight says.",
    signatures: &[
        signature(
            &[
                required("x", Accepts::OneOf(&[Type::Int, Type::Long]), "The values."),
                required("weight", Accepts::Integer, "How often the value counts."),
                constant(required("percentile", Accepts::Number, "0 to 100.")),
            ],
            Returns::Is(Type::Long),
        ),
        signature(
            &[
                required("x", Accepts::OneOf(&[Type::Real, Type::Decimal]), "The values."),
                required("weight", Accepts::Integer, "How often the value counts."),
                constant(required("percentile", Accepts::Number, "0 to 100.")),
            ],
            Returns::Is(Type::Real),
        ),
        signature(
            &[
                required(
                    "x",
                    Accepts::OneOf(&[Type::Bool, Type::DateTime, Type::TimeSpan, Type::String, Type::Guid]),
                    "The values.",
                ),
                required("weight", Accepts::Integer, "How often the value counts."),
                constant(required("percentile", Accepts::Number, "0 to 100.")),
            ],
            Returns::Argument(0),
        ),
    ],
    result_name: ResultName::Ends("percentile"),
    examples: &[example(
        "datatable(x:long, w:long)[10, 8, 20, 6, 30, 3, 40, 1] | summarize percentilew(x, w, 50)",
        "20",
    )],
    sharing: Some(WEIGHTED_SHARING),
    states: |call| weighted(call, Form::One),
    ..crate::aggregate::DEFAULTS
};
