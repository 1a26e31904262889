//! `string_size`: how many bytes a text has.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "string_size",
    summary: "Counts the bytes of a text in UTF-8.",
    signatures: &[signature(
        &[required("source", Accepts::Text, "The text to measure.")],
        Returns::Is(Type::Long),
    )],
    examples: &[example("print string_size('hello')", "5"), example("print string_size('é')", "2")],
    result_name: ResultName::Prefix("string_size"),
    evaluate: |call| call.longs(|row| Some(call[0].text(row).len() as i64)),
    ..DEFAULTS
};
