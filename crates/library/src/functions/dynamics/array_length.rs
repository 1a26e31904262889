//! `array_length`: how many elements an array has.

use crate::arrays::elements;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_length",
    aliases: &["arraylength"],
    summary: "Counts the elements of an array; null when the value is no array.",
    signatures: &[signature(
        &[required("array", Accepts::Is(Type::Dynamic), "The array.")],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print array_length(dynamic([1, 2, 'three']))", "3"),
        example("print array_length(dynamic({'a': 1}))", ""),
    ],
    evaluate: |call| call.longs(|row| elements(&call[0], row).map(|elements| elements.len() as i64)),
    ..DEFAULTS
};
