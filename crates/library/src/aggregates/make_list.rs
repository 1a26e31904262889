//! `make_list`: the values of a group as an array.

use crate::aggregate::*;
use crate::function::*;
use crate::states::list;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "make_list",
    summary: "Gathers the values into an array in the order of the rows; nulls are left out, arrays give their elements.",
    signatures: &[signature(
        &[
            required("x", Accepts::Any, "The values."),
            constant(optional("max_size", Accepts::Integer, "The greatest number of elements.")),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("list"),
    ordered: true,
    examples: &[
        example("range x from 1 to 5 step 1 | summarize make_list(x)", "[1,2,3,4,5]"),
        example("range x from 1 to 5 step 1 | summarize make_list(x, 2)", "[1,2]"),
        example("datatable(x:long)[] | summarize make_list(x)", "[]"),
        example(
            "datatable(x:dynamic)[dynamic([1, 2]), dynamic({'a': [3]}), dynamic([[4], null])] | summarize make_list(x)",
            "[1,2,{\"a\":[3]},[4]]",
        ),
    ],
    states: list::make_list,
    ..crate::aggregate::DEFAULTS
};
