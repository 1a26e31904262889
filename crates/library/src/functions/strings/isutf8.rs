//! `isutf8`: whether a text is valid UTF-8.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "isutf8",
    summary: "Tells whether a text is valid UTF-8; texts always are.",
    signatures: &[signature(&[required("value", Accepts::Any, "The text.")], Returns::Is(Type::Bool))],
    examples: &[example("print isutf8('é')", "True")],
    evaluate: |call| call.bools(|_| Some(true)),
    ..DEFAULTS
};
