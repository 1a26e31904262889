//! `indexof_regex`: where a regular expression matches.

use crate::function::*;
use crate::pattern;
use crate::types::Type;
use regex::Regex;

/// The function.
pub const FUNCTION: Function = Function {
    name: "indexof_regex",
    summary: "Finds the position of a match of a regular expression; -1 when nothing matches.",
    signatures: &[signature(
        &[
            required("source", Accepts::Any, "The text to search."),
            constant(required("match", Accepts::Any, "The regular expression.")),
            optional("start", Accepts::Integer, "Position to search from."),
            optional("length", Accepts::Integer, "Number of characters to examine, -1 for all."),
            constant(optional("occurrence", Accepts::Integer, "Which match; matches do not overlap.")),
        ],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print indexof_regex('abcabc', 'a.c')", "0"),
        example("print indexof_regex('abcabcdefg', 'a.c', 0, 9, 2)", "3"),
    ],
    evaluate: |call| {
        let regex = pattern::argument(&call[1], "", "")?;
        call.longs(|row| {
            let at = |index: usize, otherwise: i64| match call.get(index) {
                Some(argument) => argument.long(row),
                None => Some(otherwise),
            };
            find(&call[0].text(row), &regex, at(2, 0)?, at(3, -1)?, at(4, 1)?)
        })
    },
    ..DEFAULTS
};

/// The position of a match. A negative start or occurrence or a length below -1 has no answer.
fn find(text: &str, regex: &Regex, start: i64, length: i64, occurrence: i64) -> Option<i64> {
    if start < 0 || length < -1 || occurrence < 0 {
        return None;
    }
    let place = |count: i64| text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(count as usize);
    let Some(from) = place(start) else { return Some(-1) };
    let to = if length < 0 { None } else { place(start.saturating_add(length)) };
    let window = &text[from..to.unwrap_or(text.len())];
    let index = usize::try_from(occurrence.max(1) - 1).ok()?;
    Some(match regex.find_iter(window).nth(index) {
        Some(found) => start + window[..found.start()].chars().count() as i64,
        None => -1,
    })
}

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{l, s, text};

    #[test]
    fn occurrences_do_not_overlap() {
        assert_eq!(text(&FUNCTION, &[s("ababaa"), s("a.a"), l(0), l(-1), l(2)]), "-1");
        assert_eq!(text(&FUNCTION, &[s("abcabc"), s("a.c"), l(1), l(-1), l(2)]), "-1");
        assert_eq!(text(&FUNCTION, &[s("abcabc"), s("a|ab"), l(-1)]), "");
        assert_eq!(text(&FUNCTION, &[s("äab"), s("b"), l(1)]), "2");
    }
}
