//! `percentilesw_array`: the values at several percentiles of weighted values as an array.

use crate::aggregate::*;
use crate::function::*;
use crate::states::percentile::{Form, weighted};
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "percentilesw_array",
    summary: "Gives the values at percentiles as one array, each value counting as often as its weight says.",
    // The array comes first: a dynamic would also convert to a single number.
    signatures: &[
        signature(
            &[
                required(
                    "x",
                    Accepts::OneOf(&[
                        Type::Int,
                        Type::Long,
                        Type::Real,
                        Type::Decimal,
                        Type::Bool,
                        Type::DateTime,
                        Type::TimeSpan,
                        Type::String,
                        Type::Guid,
                    ]),
                    "The values.",
                ),
                required("weight", Accepts::Integer, "How often the value counts."),
                constant(required(
                    "percentiles",
                    Accepts::Is(Type::Dynamic),
                    "An array of numbers from 0 to 100.",
                )),
            ],
            Returns::Is(Type::Dynamic),
        ),
        signature(
            &[
                required(
                    "x",
                    Accepts::OneOf(&[
                        Type::Int,
                        Type::Long,
                        Type::Real,
                        Type::Decimal,
                        Type::Bool,
                        Type::DateTime,
                        Type::TimeSpan,
                        Type::String,
                        Type::Guid,
                    ]),
                    "The values.",
                ),
                required("weight", Accepts::Integer, "How often the value counts."),
                constant(repeated("percentile", Accepts::Number, 1, "0 to 100.")),
            ],
            Returns::Is(Type::Dynamic),
        ),
    ],
    result_name: ResultName::Prefix("percentiles"),
    examples: &[example(
        "datatable(x:long, w:long)[10, 8, 20, 6, 30, 3, 40, 1] | summarize percentilesw_array(x, w, 50, 99.9)",
        "[20,40]",
    )],
    states: |call| weighted(call, Form::Array),
    ..crate::aggregate::DEFAULTS
};
