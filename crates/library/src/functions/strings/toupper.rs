//! `toupper`: upper case.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "toupper",
    summary: "Gives a text in upper case.",
    signatures: &[signature(&[required("value", Accepts::Any, "The value.")], Returns::Is(Type::String))],
    examples: &[example("print toupper('Hello')", "HELLO"), example("print toupper(dynamic('x'))", "X")],
    evaluate: |call| call.strings(|row| call[0].text(row).to_uppercase()),
    ..DEFAULTS
};
