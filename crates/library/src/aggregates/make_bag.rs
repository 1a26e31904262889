//! `make_bag`: the bags of a group in one.

use crate::aggregate::*;
use crate::function::*;
use crate::states::bag;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "make_bag",
    summary: "Unites bags; of two values under one key one is taken.",
    signatures: &[signature(
        &[
            required("bag", Accepts::Is(Type::Dynamic), "Bags; other values are left out."),
            constant(optional("max_size", Accepts::Integer, "The greatest number of elements.")),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("bag"),
    ordered: true,
    examples: &[example(
        "datatable(k:string, v:long)['a', 1, 'b', 2] | extend p = bag_pack(k, v) | summarize make_bag(p)",
        "{\"a\":1,\"b\":2}",
    )],
    states: bag::make_bag,
    ..crate::aggregate::DEFAULTS
};
