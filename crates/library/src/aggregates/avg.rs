//! `avg`: the average of a group.

use crate::aggregate::*;
use crate::function::*;
use crate::states::average;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "avg",
    summary: "Gives the average; nulls are left out, the average of no number is NaN.",
    signatures: &[
        signature(
            &[required("x", Accepts::OneOf(&[Type::Int, Type::Long, Type::Real]), "The values.")],
            Returns::Is(Type::Real),
        ),
        signature(
            &[required("x", Accepts::OneOf(&[Type::Decimal, Type::DateTime, Type::TimeSpan]), "The values.")],
            Returns::Argument(0),
        ),
    ],
    result_name: ResultName::Prefix("avg"),
    examples: &[
        example("range x from 1 to 5 step 1 | summarize avg(x)", "3.0"),
        example("datatable(x:long)[] | summarize avg(x)", "NaN"),
        example("datatable(d:timespan)[1h, 2h] | summarize avg(d)", "01:30:00"),
    ],
    states: average::states,
    ..crate::aggregate::DEFAULTS
};
