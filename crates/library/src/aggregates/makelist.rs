//! `makelist`: the old name of make_list, with a smaller default size.

use crate::aggregate::*;
use crate::function::*;
use crate::states::list;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "makelist",
    summary: "Gathers at most 128 values, or as many as said, into an array.",
    signatures: &[signature(
        &[
            required("x", Accepts::Any, "The values."),
            constant(optional("max_size", Accepts::Integer, "The greatest number of elements.")),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("list"),
    ordered: true,
    examples: &[example("range x from 1 to 1000 step 1 | summarize array_length(makelist(x))", "128")],
    states: list::makelist,
    ..crate::aggregate::DEFAULTS
};
