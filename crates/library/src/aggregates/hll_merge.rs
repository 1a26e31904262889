//! `hll_merge`: sets of values united.

use crate::aggregate::*;
use crate::function::*;
use crate::states::distinct;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "hll_merge",
    summary: "Unites sets that hll gave.",
    signatures: &[signature(
        &[required("hll", Accepts::Is(Type::Dynamic), "Sets made by hll.")],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("hll_merge"),
    examples: &[example(
        "range x from 1 to 6 step 1 | summarize h = hll(x) by x % 2 | summarize dcount_hll(hll_merge(h))",
        "6",
    )],
    states: distinct::hll_merge,
    ..crate::aggregate::DEFAULTS
};
