//! `binary_all_or`: the values of a group combined by binary OR.

use crate::aggregate::*;
use crate::function::*;
use crate::states::bits;
use crate::types::Type;

/// The aggregate.
pub const AGGREGATE: Aggregate = Aggregate {
    name: "binary_all_or",
    summary: "Combines the values bit by bit with OR; nulls are left out.",
    signatures: &[signature(
        &[required("x", Accepts::OneOf(&[Type::Int, Type::Long]), "The values.")],
        Returns::Argument(0),
    )],
    result_name: ResultName::FirstArgument,
    examples: &[example("range x from 1 to 5 step 1 | summarize binary_all_or(x)", "7")],
    states: bits::or,
    ..crate::aggregate::DEFAULTS
};
