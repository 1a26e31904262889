//! `dcount_hll`: how many values a set made by `hll` has.

use crate::function::*;
use crate::hyperloglog::Distinct;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "dcount_hll",
    summary: "Counts the distinct values of a set made by hll.",
    signatures: &[signature(
        &[required("hll", Accepts::Is(Type::Dynamic), "A set made by hll.")],
        Returns::Is(Type::Long),
    )],
    result_name: ResultName::Prefix("dcount_hll"),
    examples: &[example("range x from 1 to 9 step 1 | summarize h = hll(x) | project dcount_hll(h)", "9")],
    evaluate: |call| call.longs(|row| Distinct::from_json(&call[0].json(row)?).map(|(set, _)| set.count())),
    ..DEFAULTS
};
