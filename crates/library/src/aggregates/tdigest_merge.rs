//! `tdigest_merge`: digests united.

use crate::aggregate::*;
use crate::function::*;
use crate::states::digests;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "tdigest_merge",
    aliases: &["merge_tdigest"],
    summary: "Unites digests that tdigest gave.",
    signatures: &[signature(
        &[required("tdigest", Accepts::Is(Type::Dynamic), "Digests made by tdigest.")],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("merge_tdigests"),
    examples: &[example(
        "range x from 1 to 6 step 1 | summarize t = tdigest(x) by x % 2 | summarize percentile_tdigest(tdigest_merge(t), 100)",
        "6",
    )],
    states: digests::tdigest_merge,
    ..crate::aggregate::DEFAULTS
};
