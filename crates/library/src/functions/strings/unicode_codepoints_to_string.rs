//! `unicode_codepoints_to_string`: a text from its code points.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "unicode_codepoints_to_string",
    aliases: &["make_string"],
    summary: "Makes a text from code points, given as numbers or arrays of numbers.",
    signatures: &[signature(
        &[repeated(
            "value",
            Accepts::OneOf(&[Type::Int, Type::Long, Type::Dynamic]),
            1,
            "A code point or an array of them.",
        )],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print unicode_codepoints_to_string(75, 117, 115, 116, 111)", "Kusto"),
        example("print unicode_codepoints_to_string(dynamic([75, 117, 115]), 116, 111)", "Kusto"),
    ],
    evaluate: |call| {
        call.strings(|row| {
            let mut text = String::new();
            for argument in call.arguments {
                match argument.json(row) {
                    Some(Json::Array(elements)) => text.extend(elements.iter().filter_map(character)),
                    Some(element) => text.extend(character(&element)),
                    None => {}
                }
            }
            text
        })
    },
    ..DEFAULTS
};

/// The character of a code point; what is none drops out.
fn character(element: &Json) -> Option<char> {
    element.as_u64().and_then(|point| u32::try_from(point).ok()).and_then(char::from_u32)
}
