//! `max`: the greatest value of a group.

use crate::aggregate::*;
use crate::function::*;
use crate::states::extreme;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "max",
    summary: "Gives the greatest value; nulls are left out.",
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
    result_name: ResultName::Prefix("max"),
    native: Some(Native::Max),
    examples: &[
        example("range x from 1 to 5 step 1 | summarize max(x)", "5"),
        example("datatable(x:long)[] | summarize isnull(max(x))", "True"),
    ],
    states: extreme::states::<true>,
    ..crate::aggregate::DEFAULTS
};
