//! `make_bag_if`: the bags of the rows that meet a predicate in one.

use crate::aggregate::*;
use crate::function::*;
use crate::states::bag;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "make_bag_if",
    summary: "Unites the bags of the rows for which the predicate is true.",
    signatures: &[signature(
        &[
            required("bag", Accepts::Is(Type::Dynamic), "Bags; other values are left out."),
            required("predicate", Accepts::Is(Type::Bool), "Only rows where it is true take part."),
            constant(optional("max_size", Accepts::Integer, "The greatest number of elements.")),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("bag"),
    predicate: Some(1),
    ordered: true,
    examples: &[example(
        "datatable(k:string, v:long)['a', 1, 'b', 2] | extend p = bag_pack(k, v) | summarize make_bag_if(p, v > 1)",
        "{\"b\":2}",
    )],
    states: bag::make_bag,
    ..crate::aggregate::DEFAULTS
};
