//! `percentilesw`: the values at several percentiles of weighted values.

use crate::aggregate::*;
use crate::function::*;
use crate::states::percentile::{Form, WEIGHTED_SHARING, weighted};
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "percentilesw",
    summary: "Gives the value at each percentile, a column each, each value counting as often as its weight says.",
    signatures: &[
        signature(
            &[
                required("x", Accepts::OneOf(&[Type::Int, Type::Long]), "The values."),
                required("weight", Accepts::Integer, "How often the value counts."),
                constant(repeated("percentile", Accepts::Number, 1, "0 to 100.")),
            ],
            Returns::Is(Type::Long),
        ),
        signature(
            &[
                required("x", Accepts::OneOf(&[Type::Real, Type::Decimal]), "The values."),
                required("weight", Accepts::Integer, "How often the value counts."),
                constant(repeated("percentile", Accepts::Number, 1, "0 to 100.")),
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
                constant(repeated("percentile", Accepts::Number, 1, "0 to 100.")),
            ],
            Returns::Argument(0),
        ),
    ],
    result_name: ResultName::Ends("percentile"),
    expands: Expands::PerParameter(2),
    examples: &[example(
        "datatable(x:long, w:long)[10, 8, 20, 6, 30, 3, 40, 1] | summarize percentilesw(x, w, 50, 75, 99.9)",
        "20, 20, 40",
    )],
    sharing: Some(WEIGHTED_SHARING),
    states: |call| weighted(call, Form::One),
    ..crate::aggregate::DEFAULTS
};
