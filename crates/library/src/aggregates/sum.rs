//! `sum`: the sum of a group.

use crate::aggregate::*;
use crate::function::*;
use crate::states::sum;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "sum",
    summary: "Adds the values up; nulls are left out, the sum of nothing is 0.",
    signatures: &[
        signature(
            &[required("x", Accepts::OneOf(&[Type::Int, Type::Long]), "The values.")],
            Returns::Is(Type::Long),
        ),
        signature(
            &[required(
                "x",
                Accepts::OneOf(&[Type::Real, Type::Decimal, Type::DateTime, Type::TimeSpan]),
                "The values.",
            )],
            Returns::Argument(0),
        ),
    ],
    result_name: ResultName::Prefix("sum"),
    native: Some(Native::Sum),
    examples: &[
        example("range x from 1 to 5 step 1 | summarize sum(x)", "15"),
        example("datatable(d:timespan)[1h, 30m] | summarize sum(d)", "01:30:00"),
        example("datatable(x:real)[] | summarize sum(x)", "0.0"),
    ],
    states: sum::states,
    ..crate::aggregate::DEFAULTS
};
