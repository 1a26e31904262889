//! `binary_not`: the bits turned over.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "binary_not",
    summary: "Turns every bit of a number over.",
    signatures: &[signature(&[required("value", Accepts::Integer, "A number.")], Returns::Is(Type::Long))],
    examples: &[example("print binary_not(100)", "-101")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.longs(|row| call[0].long(row).map(|value| !value)),
    ..DEFAULTS
};
