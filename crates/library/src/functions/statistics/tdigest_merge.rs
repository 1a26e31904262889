//! `tdigest_merge`: digests made by `tdigest` united, row by row.

use crate::digest::Digest;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "tdigest_merge",
    aliases: &["merge_tdigest"],
    summary: "Unites digests made by tdigest; values that are none are left out.",
    signatures: &[signature(
        &[repeated("tdigest", Accepts::Is(Type::Dynamic), 2, "Digests made by tdigest.")],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("tdigests_merge_result"),
    examples: &[example(
        "range x from 1 to 9 step 1 | extend y = x + 3 | summarize a = tdigest(x), b = tdigest(y) | project p = percentile_tdigest(tdigest_merge(a, b), 100)",
        "12",
    )],
    evaluate: |call| {
        call.dynamics(|row| {
            let mut digests =
                call.arguments.iter().filter_map(|digest| Digest::from_json(&digest.json(row)?));
            let mut all = digests.next()?;
            digests.for_each(|digest| all.merge(digest));
            Some(all.to_json())
        })
    },
    ..DEFAULTS
};
