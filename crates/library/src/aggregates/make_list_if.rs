//! `make_list_if`: the values of the rows that meet a predicate as an array.

use crate::aggregate::*;
use crate::function::*;
use crate::states::list;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "make_list_if",
    summary: "Gathers the values of the rows for which the predicate is true into an array.",
    signatures: &[signature(
        &[
            required("x", Accepts::Any, "The values."),
            required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
            constant(optional("max_size", Accepts::Integer, "The greatest number of elements.")),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("list"),
    predicate: Some(1),
    ordered: true,
    examples: &[example("range x from 1 to 5 step 1 | summarize make_list_if(x, x > 3)", "[4,5]")],
    states: list::make_list,
    ..crate::aggregate::DEFAULTS
};
