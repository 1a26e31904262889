//! `tdigest`: the values of a group digested for percentiles.

use crate::aggregate::*;
use crate::function::*;
use crate::states::digests;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "tdigest",
    summary: "Digests values in a form that tdigest_merge unites and percentile_tdigest reads.",
    signatures: &[signature(
        &[
            required(
                "x",
                Accepts::OneOf(&[Type::Int, Type::Long, Type::Real, Type::Decimal, Type::TimeSpan]),
                "The values.",
            ),
            optional("weight", Accepts::Integer, "How often the value counts."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("tdigest"),
    examples: &[example("range x from 1 to 5 step 1 | summarize percentile_tdigest(tdigest(x), 50)", "3")],
    states: digests::tdigest,
    ..crate::aggregate::DEFAULTS
};
