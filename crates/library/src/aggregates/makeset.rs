//! `makeset`: the old name of make_set, with a smaller default size.

use crate::aggregate::*;
use crate::function::*;
use crate::states::list;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "makeset",
    summary: "Gathers at most 128 distinct values, or as many as said, into an array.",
    signatures: &[signature(
        &[
            required("x", Accepts::Any, "The values."),
            constant(optional("max_size", Accepts::Integer, "The greatest number of elements.")),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("set"),
    ordered: true,
    examples: &[example("range x from 1 to 1000 step 1 | summarize array_length(makeset(x))", "128")],
    states: list::makeset,
    ..crate::aggregate::DEFAULTS
};
