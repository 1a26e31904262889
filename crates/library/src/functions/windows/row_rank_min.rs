//! `row_rank_min`: the least rank of a value: its first place among the rows.

use crate::function::*;
use crate::types::Type;
use crate::windows::ranks;

/// The function.
pub const FUNCTION: Function = Function {
    name: "row_rank_min",
    summary: "Ranks rows by runs of equal values: each run has the place of its first row.",
    signatures: &[signature(
        &[
            required("term", Accepts::Orderable, "What is ranked; the rows are ordered by it."),
            optional("restart", Accepts::Is(Type::Bool), "Where true, ranking begins again."),
        ],
        Returns::Is(Type::Long),
    )],
    kind: Kind::Window,
    examples: &[example(
        "datatable(x:long)[1, 2, 2, 3] | serialize r = row_rank_min(x)",
        "1, 1; 2, 2; 2, 2; 3, 4",
    )],
    evaluate: |call| ranks(call, |place, _| place),
    ..DEFAULTS
};
