//! `reverse`: a text backwards.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "reverse",
    summary: "Gives the text of a value with its characters in reverse order.",
    signatures: &[signature(&[required("value", Accepts::Any, "The value.")], Returns::Is(Type::String))],
    examples: &[example("print reverse('abc')", "cba"), example("print reverse(123.45)", "54.321")],
    evaluate: |call| call.strings(|row| call[0].text(row).chars().rev().collect::<String>()),
    ..DEFAULTS
};
