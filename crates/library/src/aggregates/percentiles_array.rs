//! `percentiles_array`: the values at several percentiles as an array.

use crate::aggregate::*;
use crate::function::*;
use crate::states::percentile::{Form, states};
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "percentiles_array",
    summary: "Gives the values at percentiles as one array.",
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
                constant(repeated("percentile", Accepts::Number, 1, "0 to 100.")),
            ],
            Returns::Is(Type::Dynamic),
        ),
    ],
    result_name: ResultName::Prefix("percentiles"),
    examples: &[
        example("range x from 1 to 100 step 1 | summarize percentiles_array(x, 5, 50)", "[5,50]"),
        example("range x from 1 to 100 step 1 | summarize percentiles_array(x, dynamic([5, 50]))", "[5,50]"),
    ],
    states: |call| states(call, Form::Array),
    ..crate::aggregate::DEFAULTS
};
