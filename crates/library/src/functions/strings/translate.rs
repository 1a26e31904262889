//! `translate`: characters mapped one by one.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "translate",
    summary: "Replaces each character found in one list by the character at the same place of another.",
    signatures: &[signature(
        &[
            required("search_list", Accepts::Is(Type::String), "The characters to replace."),
            required(
                "replacement_list",
                Accepts::Is(Type::String),
                "The characters to put there; when shorter, its last one stands for the rest.",
            ),
            required("source", Accepts::Is(Type::String), "The text to search."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print translate('krasp', 'otsku', 'spark')", "kusto"),
        example("print translate('abc', 'x', 'abc')", "xxx"),
        example("print translate('abc', '', 'ab')", ""),
    ],
    evaluate: |call| {
        call.strings(|row| {
            let from: Vec<char> = call[0].raw(row).chars().collect();
            let to: Vec<char> = call[1].raw(row).chars().collect();
            let mapped = |c: char| match from.iter().position(|known| *known == c) {
                Some(at) => to.get(at).or(to.last()).copied(),
                None => Some(c),
            };
            call[2].raw(row).chars().filter_map(mapped).collect::<String>()
        })
    },
    ..DEFAULTS
};
