//! `array_length`: how many elements an array has.

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
    evaluate: |call| call.longs(|row| length(call[0].raw(row))),
    ..DEFAULTS
};

/// The length of an array in JSON text, counted by its commas: no tree is built.
fn length(text: &str) -> Option<i64> {
    let inner = text.trim_start().strip_prefix('[')?;
    let (mut depth, mut commas, mut quoted, mut escaped, mut empty) = (0_u32, 0, false, false, true);
    for byte in inner.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' if depth == 0 => break,
            b']' | b'}' => depth -= 1,
            b',' if depth == 0 => commas += 1,
            _ => {}
        }
        empty &= byte.is_ascii_whitespace();
    }
    Some(if empty { 0 } else { commas + 1 })
}

#[cfg(test)]
mod tests {
    use super::length;
    use crate::json::parse;

    #[test]
    fn as_many_as_the_tree_has() {
        for text in [
            "[]",
            " [ ] ",
            "[1]",
            "[null]",
            "[[]]",
            "[[1,2],{\"a\":[1,2]}]",
            r#"["a,b","]","\"","\\",""]"#,
            "{}",
            "\"[1]\"",
            "7",
            "[{}]",
            r#"["[",2]"#,
        ] {
            let tree = parse(text).expect(text);
            assert_eq!(length(text), tree.as_array().map(|array| array.len() as i64), "{text}");
        }
        assert_eq!(length(""), None);
    }
}
