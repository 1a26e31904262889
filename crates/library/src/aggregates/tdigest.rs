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
                Accepts::OneOf(&[
                    Type::Int,
                    Type::Long,
                    Type::Real,
                    Type::Decimal,
                    Type::DateTime,
                    Type::TimeSpan,
                ]),
                "The values.",
            ),
            optional("weight", Accepts::Integer, "How often the value counts."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("tdigest"),
    examples: &[
        example("range x from 1 to 5 step 1 | summarize percentile_tdigest(tdigest(x), 50)", "3"),
        example(
            "range t from datetime(2024-01-01) to datetime(2024-01-03) step 1d | summarize percentile_tdigest(tdigest(t), 50)",
            "2024-01-02T00:00:00.0000000Z",
        ),
    ],
    states: digests::tdigest,
    ..crate::aggregate::DEFAULTS
};
