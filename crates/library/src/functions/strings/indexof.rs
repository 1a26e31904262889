//! `indexof`: where a text occurs in another.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "indexof",
    summary: "Finds the position of a text in another; -1 when it does not occur.",
    signatures: &[signature(
        &[
            required("source", Accepts::Any, "The text to search."),
            required("match", Accepts::Any, "The text to find."),
            optional(
                "start",
                Accepts::Integer,
                "Position to search from; a negative one counts from the end.",
            ),
            optional("length", Accepts::Integer, "Number of characters to examine, -1 for all."),
            constant(optional("occurrence", Accepts::Integer, "Which occurrence; the first without it.")),
        ],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print indexof('abcdefg', 'cde')", "2"),
        example("print indexof('abcdefg', 'cde', 1, 2)", "-1"),
        example("print indexof('abcdefgabcdefg', 'cde', 1, 10, 2)", "9"),
    ],
    evaluate: |call| {
        call.longs(|row| {
            let (text, wanted) = (call[0].text(row), call[1].text(row));
            let at = |index: usize, otherwise: i64| match call.get(index) {
                Some(argument) => argument.long(row),
                None => Some(otherwise),
            };
            find(&text, &wanted, at(2, 0)?, at(3, -1)?, at(4, 1)?)
        })
    },
    ..DEFAULTS
};

/// The position of an occurrence. Each occurrence is looked for within `length` characters of where its search starts.
/// A length below -1 or a negative occurrence has no answer.
fn find(text: &str, wanted: &str, start: i64, length: i64, occurrence: i64) -> Option<i64> {
    if length < -1 || occurrence < 0 {
        return None;
    }
    let characters: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let count = characters.len() - 1;
    let start = if start < 0 { (start + count as i64).max(0) } else { start };
    let mut from = usize::try_from(start).ok()?;
    for found in 1.. {
        if from > count {
            return Some(-1);
        }
        let to = if length < 0 { count } else { from.saturating_add(length as usize).min(count) };
        let window = &text[characters[from]..characters[to]];
        let Some(at) = window.find(wanted) else { return Some(-1) };
        let place = from + window[..at].chars().count();
        if found >= occurrence {
            return Some(place as i64);
        }
        from = place + 1;
    }
    Some(-1)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn windows_and_occurrences() {
        assert_eq!(find("abcdefg", "cde", 1, 4, 1), Some(2));
        assert_eq!(find("abcdefg", "cde", 3, 4, 1), Some(-1));
        assert_eq!(find("abcdefg", "cde", -5, -1, 1), Some(2));
        assert_eq!(find("1234567", "5", 1, 4, 1), Some(4));
        assert_eq!(find("abcdefgabcdefg", "cde", 1, -1, 3), Some(-1));
        assert_eq!(find("äöü", "ü", 0, -1, 1), Some(2));
        assert_eq!(find("abc", "a", 9, -1, 1), Some(-1));
        assert_eq!(find("abc", "a", 0, -2, 1), None);
    }
}
