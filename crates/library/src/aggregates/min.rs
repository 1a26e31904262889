//! `min`: the least value of a group.

use crate::aggregate::*;
use crate::function::*;
use crate::states::extreme;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "min",
    summary: "Gives the least value; nulls are left out.",
    signatures: &[signature(
        &[required(
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
        )],
        Returns::Argument(0),
    )],
    result_name: ResultName::Prefix("min"),
    native: Some(Native::Min),
    examples: &[
        example("range x from 1 to 5 step 1 | summarize min(x)", "1"),
        example("datatable(s:string)['b', 'a'] | summarize min(s)", "a"),
    ],
    states: extreme::states::<false>,
    ..crate::aggregate::DEFAULTS
};
