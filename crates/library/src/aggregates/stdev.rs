//! `stdev`: the standard deviation of a sample.

use crate::aggregate::*;
use crate::function::*;
use crate::states::moments;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "stdev",
    summary: "Gives the standard deviation of a sample; nulls are left out.",
    signatures: &[signature(
        &[required(
            "x",
            Accepts::OneOf(&[
                Type::Int,
                Type::Long,
                Type::Real,
                Type::Decimal,
                Type::DateTime,
                Type::TimeSpan,
            ]),
            "The values.",
        )],
        Returns::Is(Type::Real),
    )],
    result_name: ResultName::Prefix("stdev"),
    examples: &[example("range x from 1 to 5 step 1 | summarize round(stdev(x), 4)", "1.5811")],
    states: moments::deviation,
    ..crate::aggregate::DEFAULTS
};
