//! `variancep`: the variance of a population.

use crate::aggregate::*;
use crate::function::*;
use crate::states::moments;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "variancep",
    summary: "Gives the variance of a population; nulls are left out.",
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
    result_name: ResultName::Prefix("variancep"),
    examples: &[example("range x from 1 to 5 step 1 | summarize variancep(x)", "2.0")],
    states: moments::variance_population,
    ..crate::aggregate::DEFAULTS
};
