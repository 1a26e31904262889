//! `stdevp`: the standard deviation of a population.

use crate::aggregate::*;
use crate::function::*;
use crate::states::moments;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "stdevp",
    summary: "Gives the standard deviation of a population; nulls are left out.",
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
    result_name: ResultName::Prefix("stdevp"),
    examples: &[example("range x from 1 to 5 step 1 | summarize round(stdevp(x), 4)", "1.4142")],
    states: moments::deviation_population,
    ..crate::aggregate::DEFAULTS
};
