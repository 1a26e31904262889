//! `count_distinct`: how many distinct values a group has, exactly.

use crate::aggregate::*;
use crate::function::*;
use crate::states::distinct;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "count_distinct",
    summary: "Counts distinct values exactly; nulls are left out.",
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
                Type::Guid,
            ]),
            "The values.",
        )],
        Returns::Is(Type::Long),
    )],
    result_name: ResultName::Prefix("count_distinct"),
    examples: &[example("range x from 1 to 5 step 1 | summarize count_distinct(x % 3)", "3")],
    states: distinct::count_distinct,
    ..crate::aggregate::DEFAULTS
};
