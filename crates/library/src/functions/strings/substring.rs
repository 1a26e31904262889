//! `substring`: a part of a text by position.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "substring",
    summary: "Takes the part of a text that starts at a position and has at most a given length.",
    signatures: &[signature(
        &[
            required("source", Accepts::Any, "The text."),
            required(
                "start",
                Accepts::Integer,
                "Position of the first character; a negative one counts from the end.",
            ),
            optional("length", Accepts::Integer, "Number of characters; to the end without it."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print substring('abcdefg', 5, 10)", "fg"),
        example("print substring('abcdefg', -3, 2)", "ef"),
    ],
    evaluate: |call| {
        call.strings(|row| {
            let text = call[0].text(row);
            let length = match call.get(2) {
                Some(argument) => argument.long(row),
                None => Some(i64::MAX),
            };
            match (call[1].long(row), length) {
                (Some(start), Some(length)) => part(&text, start, length).to_owned(),
                _ => String::new(),
            }
        })
    },
    ..DEFAULTS
};

/// The characters from `start` on, at most `length`. A start before the beginning or a negative length gives nothing.
fn part(text: &str, start: i64, length: i64) -> &str {
    let start = if start < 0 { start + text.chars().count() as i64 } else { start };
    if start < 0 || length <= 0 {
        return "";
    }
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let Some(first) = places.nth(start as usize) else { return "" };
    let rest = &text[first..];
    let last = rest.char_indices().nth(length as usize).map_or(rest.len(), |(at, _)| at);
    &rest[..last]
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn edges() {
        assert_eq!(part("abc", -10, 2), "");
        assert_eq!(part("abc", 1, -1), "");
        assert_eq!(part("abc", 3, 1), "");
        assert_eq!(part("abc", 4, 1), "");
        assert_eq!(part("äöü", 1, 1), "ö");
        assert_eq!(part("äöü", -1, i64::MAX), "ü");
        assert_eq!(part("abc", i64::MIN, 1), "");
    }
}
