//! `extract_all`: the groups of every match of a regular expression.

use crate::call::EvaluateError;
use crate::function::*;
use crate::pattern;
use crate::types::Type;
use crate::value::Json;
use regex::Regex;

/// The function.
pub const FUNCTION: Function = Function {
    name: "extract_all",
    aliases: &["extractall"],
    summary: "Takes what the groups of a regular expression matched, for every match: texts for one group, arrays for several.",
    signatures: &[
        signature(
            &[
                constant(required(
                    "regex",
                    Accepts::Is(Type::String),
                    "The regular expression, with 1 to 16 groups.",
                )),
                required("source", Accepts::Is(Type::String), "The text to search."),
            ],
            Returns::Is(Type::Dynamic),
        ),
        signature(
            &[
                constant(required(
                    "regex",
                    Accepts::Is(Type::String),
                    "The regular expression, with 1 to 16 groups.",
                )),
                required(
                    "capture_groups",
                    Accepts::Is(Type::Dynamic),
                    "Numbers or names of the groups wanted.",
                ),
                required("source", Accepts::Is(Type::String), "The text to search."),
            ],
            Returns::Is(Type::Dynamic),
        ),
    ],
    examples: &[
        example("print extract_all('([0-9]+)', 'a1b22')", "[\"1\",\"22\"]"),
        example("print extract_all('([a-z])([0-9]+)', 'a1b22')", "[[\"a\",\"1\"],[\"b\",\"22\"]]"),
        example("print extract_all('([a-z])([0-9]+)', dynamic([2]), 'a1b22')", "[\"1\",\"22\"]"),
    ],
    evaluate: |call| {
        let regex = pattern::argument(&call[0], "", "")?;
        let groups = regex.captures_len() - 1;
        if !(1..=16).contains(&groups) {
            return Err(EvaluateError(format!(
                "extract_all wants a regular expression with 1 to 16 groups, '{regex}' has {groups}"
            )));
        }
        call.dynamics(|row| {
            let source = if call.arguments.len() == 3 { 2 } else { 1 };
            let wanted = match call.get(2) {
                Some(_) => wanted_groups(&regex, call[1].json(row)),
                None => (1..=groups).collect(),
            };
            matches(&regex, &wanted, call[source].raw(row))
        })
    },
    ..DEFAULTS
};

/// The groups named by an array of numbers and names; those the expression does not have drop out, and when none is
/// left all are wanted.
fn wanted_groups(regex: &Regex, list: Option<Json>) -> Vec<usize> {
    let groups = 1..regex.captures_len();
    let elements = match list {
        Some(Json::Array(elements)) => elements,
        Some(other) => vec![other],
        None => Vec::new(),
    };
    let wanted: Vec<usize> = elements
        .iter()
        .filter_map(|element| match element {
            Json::String(name) => regex.capture_names().position(|known| known == Some(name)),
            _ => element.as_u64().and_then(|number| usize::try_from(number).ok()),
        })
        .filter(|group| groups.contains(group))
        .collect();
    if wanted.is_empty() { groups.collect() } else { wanted }
}

/// One text or array for each match; nothing when there is none.
fn matches(regex: &Regex, wanted: &[usize], text: &str) -> Option<Json> {
    let found: Vec<Json> = regex
        .captures_iter(text)
        .map(|captures| {
            let group = |index: usize| Json::from(captures.get(index).map_or("", |group| group.as_str()));
            match wanted {
                [only] => group(*only),
                several => Json::Array(several.iter().map(|index| group(*index)).collect()),
            }
        })
        .collect();
    if found.is_empty() { None } else { Some(Json::Array(found)) }
}

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{d, s, text};

    #[test]
    fn chosen_groups() {
        let chosen = |groups: &str| text(&FUNCTION, &[s("(?P<x>[a-z])([0-9])"), d(groups), s("a1b2")]);
        assert_eq!(chosen("[1,5]"), r#"["a","b"]"#);
        assert_eq!(chosen("[7]"), r#"[["a","1"],["b","2"]]"#);
        assert_eq!(chosen(r#"["x",2]"#), r#"[["a","1"],["b","2"]]"#);
        assert_eq!(text(&FUNCTION, &[s("(z)"), s("abc")]), "");
    }
}
