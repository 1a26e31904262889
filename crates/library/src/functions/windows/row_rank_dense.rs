//! `row_rank_dense`: the dense rank of a value: the number of its run.

use crate::function::*;
use crate::types::Type;
use crate::windows::ranks;

/// The function.
pub const FUNCTION: Function = Function {
    name: "row_rank_dense",
    aliases: &["row_rank"],
    summary: "Ranks rows by runs of equal values: each run has the rank after that of the run before.",
    signatures: &[signature(
        &[
            required("term", Accepts::Orderable, "What is ranked; the rows are ordered by it."),
            optional("restart", Accepts::Is(Type::Bool), "Where true, ranking begins again."),
        ],
        Returns::Is(Type::Long),
    )],
    kind: Kind::Window,
    examples: &[example(
        "datatable(x:long)[1, 2, 2, 3] | serialize r = row_rank_dense(x)",
        "1, 1; 2, 2; 2, 2; 3, 3",
    )],
    evaluate: |call| ranks(call, |_, run| run),
    ..DEFAULTS
};
