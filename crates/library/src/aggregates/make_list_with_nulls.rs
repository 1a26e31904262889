//! `make_list_with_nulls`: the values of a group as an array, nulls too.

use crate::aggregate::*;
use crate::function::*;
use crate::states::list;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "make_list_with_nulls",
    summary: "Gathers the values into an array in the order of the rows, nulls too.",
    signatures: &[signature(&[required("x", Accepts::Any, "The values.")], Returns::Is(Type::Dynamic))],
    result_name: ResultName::Prefix("list"),
    ordered: true,
    examples: &[example(
        "datatable(x:long)[1, long(null), 3] | summarize make_list_with_nulls(x)",
        "[1,null,3]",
    )],
    states: list::make_list_with_nulls,
    ..crate::aggregate::DEFAULTS
};
