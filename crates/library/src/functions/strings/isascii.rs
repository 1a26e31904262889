//! `isascii`: whether a text is plain ASCII.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "isascii",
    summary: "Tells whether a text has only ASCII characters.",
    signatures: &[signature(&[required("value", Accepts::Any, "The text.")], Returns::Is(Type::Bool))],
    examples: &[example("print isascii('some string')", "True"), example("print isascii('é')", "False")],
    evaluate: |call| call.bools(|row| Some(call[0].text(row).is_ascii())),
    ..DEFAULTS
};
