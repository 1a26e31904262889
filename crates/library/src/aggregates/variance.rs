//! `variance`: the variance of a sample.

use crate::aggregate::*;
use crate::function::*;
use crate::states::moments;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "variance",
    summary: "Gives the variance of a sample; nulls are left out.",
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
    result_name: ResultName::Prefix("variance"),
    examples: &[example("range x from 1 to 5 step 1 | summarize variance(x)", "2.5")],
    states: moments::variance,
    ..crate::aggregate::DEFAULTS
};
