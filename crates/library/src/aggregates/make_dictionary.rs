//! `make_dictionary`: the old name of make_bag.

use crate::aggregate::*;
use crate::function::*;
use crate::states::bag;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "make_dictionary",
    summary: "Unites bags; of two values under one key one is taken.",
    signatures: &[signature(
        &[
            required("bag", Accepts::Is(Type::Dynamic), "Bags; other values are left out."),
            constant(optional("max_size", Accepts::Integer, "The greatest number of elements.")),
        ],
        Returns::Is(Type::Dynamic),
    )],
    result_name: ResultName::Prefix("dictionary"),
    ordered: true,
    examples: &[],
    states: bag::make_bag,
    ..crate::aggregate::DEFAULTS
};
