//! `binary_all_and`: the values of a group combined by binary AND.

use crate::aggregate::*;
use crate::function::*;
use crate::states::bits;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "binary_all_and",
    summary: "Combines the values bit by bit with AND; nulls are left out.",
    signatures: &[signature(
        &[required("x", Accepts::OneOf(&[Type::Int, Type::Long]), "The values.")],
        Returns::Argument(0),
    )],
    result_name: ResultName::FirstArgument,
    examples: &[example("range x from 1 to 5 step 1 | summarize binary_all_and(x)", "0")],
    states: bits::and,
    ..crate::aggregate::DEFAULTS
};
