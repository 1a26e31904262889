//! `unicode_codepoints_from_string`: the code points of a text.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "unicode_codepoints_from_string",
    aliases: &["to_utf8"],
    summary: "Gives the code points of a text as an array of numbers.",
    signatures: &[signature(&[required("value", Accepts::Any, "The text.")], Returns::Is(Type::Dynamic))],
    examples: &[example("print unicode_codepoints_from_string('Kusto')", "[75,117,115,116,111]")],
    evaluate: |call| {
        call.dynamics(|row| Some(call[0].text(row).chars().map(|c| Json::from(u32::from(c))).collect()))
    },
    ..DEFAULTS
};
