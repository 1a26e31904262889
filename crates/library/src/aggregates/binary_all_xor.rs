//! `binary_all_xor`: the values of a group combined by binary XOR.

use crate::aggregate::*;
use crate::function::*;
use crate::states::bits;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "binary_all_xor",
    summary: "Combines the values bit by bit with XOR; nulls are left out.",
    signatures: &[signature(
        &[required("x", Accepts::OneOf(&[Type::Int, Type::Long]), "The values.")],
        Returns::Argument(0),
    )],
    result_name: ResultName::FirstArgument,
    examples: &[example("range x from 1 to 5 step 1 | summarize binary_all_xor(x)", "1")],
    states: bits::xor,
    ..crate::aggregate::DEFAULTS
};
