//! `replace_strings`: several texts replaced at once.

use crate::function::*;
use crate::text_list::TextList;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "replace_strings",
    summary: "Replaces every occurrence of several texts; earlier ones come first and replaced parts are not searched again.",
    signatures: &[signature(
        &[
            required("text", Accepts::Is(Type::String), "The text to search."),
            required("lookups", Accepts::Is(Type::Dynamic), "Array of the texts to replace."),
            required("rewrites", Accepts::Is(Type::Dynamic), "Array of what to put there, one for each."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example(
            "print replace_strings('A cat and a dog', dynamic(['cat', 'dog']), dynamic(['dog', 'pigeon']))",
            "A dog and a pigeon",
        ),
        example(
            "print replace_strings('This is', dynamic(['is', 'This']), dynamic(['was', 'This']))",
            "Thwas was",
        ),
    ],
    evaluate: |call| {
        let lookups = TextList::new(&call.arguments[1..2], str::to_owned);
        let rewrites = TextList::new(&call.arguments[2..], str::to_owned);
        call.strings(|row| match (lookups.at(row), rewrites.at(row)) {
            (Some(lookups), Some(rewrites)) => replaced(call[0].raw(row), &lookups, &rewrites),
            _ => call[0].raw(row).to_owned(),
        })
    },
    ..DEFAULTS
};

/// A stretch of the text: still to be searched, or put in by a replacement.
enum Part {
    Open(String),
    Done(String),
}

/// The text after all replacements. A lookup without a rewrite, or an empty one, changes nothing.
fn replaced(text: &str, lookups: &[String], rewrites: &[String]) -> String {
    let mut parts = vec![Part::Open(text.to_owned())];
    for (lookup, rewrite) in lookups.iter().zip(rewrites).filter(|(lookup, _)| !lookup.is_empty()) {
        let mut next = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Part::Done(_) => next.push(part),
                Part::Open(open) => {
                    for (index, piece) in open.split(lookup.as_str()).enumerate() {
                        if index > 0 {
                            next.push(Part::Done(rewrite.clone()));
                        }
                        next.push(Part::Open(piece.to_owned()));
                    }
                }
            }
        }
        parts = next;
    }
    parts
        .into_iter()
        .map(|part| match part {
            Part::Open(text) | Part::Done(text) => text,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{d, s, text};

    #[test]
    fn numbers_and_missing_rewrites() {
        assert_eq!(
            text(&FUNCTION, &[s("This is"), d(r#"["This","is"]"#), d(r#"[12345,"was"]"#)]),
            "12345 was"
        );
        assert_eq!(text(&FUNCTION, &[s("abc"), d(r#"["a","b"]"#), d(r#"["x"]"#)]), "xbc");
    }
}
