//! `tolower`: lower case.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "tolower",
    summary: "Gives a text in lower case.",
    signatures: &[signature(&[required("value", Accepts::Any, "The value.")], Returns::Is(Type::String))],
    examples: &[example("print tolower('Hello')", "hello"), example("print tolower(true)", "true")],
    evaluate: |call| call.strings(|row| call[0].text(row).to_lowercase()),
    ..DEFAULTS
};
