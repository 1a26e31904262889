//! `make_set`: the distinct values of a group as an array.

use crate::aggregate::*;
use crate::function::*;
use crate::states::list;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "make_set",
    summary: "Gathers the distinct values into an array, in the order of their first appearance; the elements of arrays count each.",
    signatures: &[signature(
        &[
            required("x", Accepts::Any, "The values."),
            constant(optional("max_size", Accepts::Integer, "The greatest number of elements.")),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("set"),
    ordered: true,
    examples: &[
        example("datatable(s:string)['b', 'a', 'b'] | summarize make_set(s)", "[\"b\",\"a\"]"),
        example("datatable(d:dynamic)[dynamic([1, 2]), dynamic([2, 3])] | summarize make_set(d)", "[1,2,3]"),
    ],
    states: list::make_set,
    ..crate::aggregate::DEFAULTS
};
