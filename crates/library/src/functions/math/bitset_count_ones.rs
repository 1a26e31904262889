//! `bitset_count_ones`: how many bits are set.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bitset_count_ones",
    summary: "Counts the bits that are set in a number.",
    signatures: &[signature(&[required("value", Accepts::Integer, "A number.")], Returns::Is(Type::Long))],
    examples: &[example("print bitset_count_ones(42)", "3"), example("print bitset_count_ones(-1)", "64")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.longs(|row| call[0].long(row).map(|value| i64::from(value.count_ones()))),
    ..DEFAULTS
};
