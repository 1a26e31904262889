//! `hll_merge`: sets made by `hll` united, row by row.

use crate::function::*;
use crate::hyperloglog::{Distinct, EXACT_LIMIT};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "hll_merge",
    summary: "Unites sets made by hll; values that are none are left out.",
    signatures: &[signature(
        &[repeated("hll", Accepts::Is(Type::Dynamic), 2, "Sets made by hll.")],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("hll_merged_result"),
    examples: &[example(
        "range x from 1 to 9 step 1 | extend y = x + 3 | summarize a = hll(x), b = hll(y) | project n = dcount_hll(hll_merge(a, b))",
        "12",
    )],
    evaluate: |call| {
        call.dynamics(|row| {
            let mut sets = call.arguments.iter().filter_map(|set| Distinct::from_json(&set.json(row)?));
            let (mut all, precision) = sets.next()?;
            sets.for_each(|(set, _)| all.merge(set, EXACT_LIMIT, precision));
            Some(all.to_json(precision))
        })
    },
    ..DEFAULTS
};
