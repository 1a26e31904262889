//! `strlen`: how many characters a text has.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "strlen",
    summary: "Counts the characters (code points) of a text.",
    signatures: &[signature(
        &[required("source", Accepts::Text, "The text to measure.")],
        Returns::Is(Type::Long),
    )],
    examples: &[example("print strlen('hello')", "5"), example("print strlen('')", "0")],
    result_name: ResultName::Prefix("strlen"),
    evaluate: |call| call.longs(|row| Some(call[0].text(row).chars().count() as i64)),
    ..DEFAULTS
};
