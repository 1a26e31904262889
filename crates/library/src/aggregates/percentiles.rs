//! `percentiles`: the values at several percentiles.

use crate::aggregate::*;
use crate::function::*;
use crate::states::percentile::{Form, SHARING, states};
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "percentiles",
    summary: "Gives the value at each percentile, a column each.",
    signatures: &[
        signature(
            &[
                required("x", Accepts::OneOf(&[Type::Int, Type::Long]), "The values."),
                constant(repeated("percentile", Accepts::Number, 1, "0 to 100.")),
            ],
            Returns::Is(Type::Long),
        ),
        signature(
            &[
                required("x", Accepts::OneOf(&[Type::Real, Type::Decimal]), "The values."),
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
                constant(repeated("percentile", Accepts::Number, 1, "0 to 100.")),
            ],
            Returns::Argument(0),
        ),
    ],
    result_name: ResultName::Ends("percentile"),
    expands: Expands::PerParameter(1),
    examples: &[example("range x from 1 to 100 step 1 | summarize percentiles(x, 5, 50, 95)", "5, 50, 95")],
    sharing: Some(SHARING),
    states: |call| states(call, Form::One),
    ..crate::aggregate::DEFAULTS
};
