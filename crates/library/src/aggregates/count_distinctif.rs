//! `count_distinctif`: how many distinct values the rows that meet a predicate have, exactly.

use crate::aggregate::*;
use crate::function::*;
use crate::states::distinct;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "count_distinctif",
    summary: "Counts distinct values of the rows for which the predicate is true, exactly.",
    signatures: &[signature(
        &[
            required(
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
            ),
            required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
        ],
        Returns::Is(Type::Long),
    )],
    result_name: ResultName::Prefix("count_distinctif"),
    predicate: Some(1),
    examples: &[example("range x from 1 to 5 step 1 | summarize count_distinctif(x, x > 3)", "2")],
    states: distinct::count_distinct,
    ..crate::aggregate::DEFAULTS
};
