//! `replace_regex`: matches of a regular expression replaced.

use crate::function::*;
use crate::pattern;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "replace_regex",
    summary: "Replaces every match of a regular expression; `\\1` stands for the first group.",
    signatures: &[signature(
        &[
            required("source", Accepts::Is(Type::String), "The text to search."),
            constant(required("lookup_regex", Accepts::Is(Type::String), "The regular expression.")),
            constant(required("rewrite_pattern", Accepts::Is(Type::String), "What to put there.")),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print replace_regex('Number is 7', @'is (\\d+)', @'was: \\1')", "Number was: 7"),
        example("print replace_regex('a--b', '-+', '-')", "a-b"),
    ],
    evaluate: |call| {
        let regex = pattern::argument(&call[1], "", "")?;
        let rewrite = call[2].constant_text()?;
        let rewrite = pattern::rewrite(&rewrite);
        call.strings(|row| regex.replace_all(call[0].raw(row), rewrite.as_ref()))
    },
    ..DEFAULTS
};

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{s, text};

    #[test]
    fn groups_and_plain_dollars() {
        assert_eq!(text(&FUNCTION, &[s("ab"), s("(a)(b)"), s(r"\2$1\1")]), "b$1a");
        assert_eq!(text(&FUNCTION, &[s("a\\b"), s(r"\\"), s(r"\\\\")]), r"a\\b");
    }
}
