//! `replace_strings`: several texts replaced at once.

use crate::arrays::elements;
use crate::call::Argument;
use crate::function::*;
use crate::text_list::TextList;
use crate::types::Type;
use crate::value::Json;

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
        let constant = call[2].constant.then(|| rewrites_of(&call[2], 0));
        call.strings(|row| {
            let varying = constant.is_none().then(|| rewrites_of(&call[2], row));
            match (lookups.at(row), constant.as_ref().or(varying.as_ref())) {
                (Some(lookups), Some(Some(rewrites))) => replaced(call[0].raw(row), &lookups, rewrites),
                _ => call[0].raw(row).to_owned(),
            }
        })
    },
    ..DEFAULTS
};

/// A stretch of the text: still to be searched, or put in by a replacement.
enum Part {
    Open(String),
    Done(String),
}

/// The rewrites of an array; what is no text is none, and leaves its lookup as it stands.
fn rewrites_of(argument: &Argument, row: usize) -> Option<Vec<Option<String>>> {
    let text = |element: Json| match element {
        Json::String(text) => Some(text),
        _ => None,
    };
    Some(elements(argument, row)?.into_iter().map(text).collect())
}

/// The text after all replacements. A lookup without a rewrite, or an empty one, changes nothing.
fn replaced(text: &str, lookups: &[String], rewrites: &[Option<String>]) -> String {
    let mut parts = vec![Part::Open(text.to_owned())];
    for (lookup, rewrite) in lookups.iter().zip(rewrites).filter(|(lookup, _)| !lookup.is_empty()) {
        let rewrite = rewrite.as_ref().unwrap_or(lookup);
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
            "This was"
        );
        assert_eq!(text(&FUNCTION, &[s("abc"), d(r#"["a","b"]"#), d(r#"["x"]"#)]), "xbc");
    }
}
