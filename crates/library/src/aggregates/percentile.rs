//! `percentile`: the value at a percentile.

use crate::aggregate::*;
use crate::function::*;
use crate::states::percentile::{Form, SHARING, states};
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "percentile",
    summary: "Gives the least value that so many percent of all values are not above; exact, by nearest rank.",
    signatures: &[
        signature(
            &[
                required("x", Accepts::OneOf(&[Type::Int, Type::Long]), "The values."),
                constant(required("percentile", Accepts::Number, "0 to 100.")),
            ],
            Returns::Is(Type::Long),
        ),
        signature(
            &[
                required("x", Accepts::OneOf(&[Type::Real, Type::Decimal]), "The values."),
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
                constant(required("percentile", Accepts::Number, "0 to 100.")),
            ],
            Returns::Argument(0),
        ),
    ],
    result_name: ResultName::Ends("percentile"),
    examples: &[
        example("range x from 1 to 100 step 1 | summarize percentile(x, 95)", "95"),
        example("datatable(x:long)[1, 2, 3, 4] | summarize percentile(x, 50)", "2"),
    ],
    sharing: Some(SHARING),
    states: |call| states(call, Form::One),
    ..crate::aggregate::DEFAULTS
};
