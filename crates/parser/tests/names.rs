//! Names as a query must write them: whatever a column is called, it can be asked for.

use calypso_parser::{parse, print_name};
use proptest::prelude::*;

/// Whether a query that uses the name in all places of a column is read.
fn works(name: &str) -> bool {
    let name = print_name(name);
    let text = format!(
        "T | where {name} == 1 and x < {name} | summarize n = max({name}), {name} = 1 by y, {name} | project {name}, a = {name} \
         | extend {name} = 2 | sort by {name} asc | join (U) on {name} | project-away {name}"
    );
    let parsed = parse(&text);
    assert!(parsed.is_ok(), "{text}\n{:?}", parsed.diagnostics);
    parsed.is_ok()
}

#[test]
fn plain_and_strange_names() {
    for (name, written) in [
        ("_x1", "_x1"),
        ("a b", "['a b']"),
        ("it's", "['it\\'s']"),
        ("Größe", "['Größe']"),
        ("where", "['where']"),
        ("in", "['in']"),
        ("1d", "['1d']"),
        ("count", "count"),
    ] {
        assert_eq!(print_name(name), written);
        assert!(works(name));
    }
}

#[test]
fn words_of_the_language() {
    let source = include_str!("../src/keywords.rs");
    let word = |line: &'static str| line.trim().strip_prefix('"')?.strip_suffix("\",");
    let words: Vec<&str> = source.lines().filter_map(word).collect();
    assert!(words.len() > 100, "the lists are read: {}", words.len());
    assert!(words.into_iter().all(works));
}

proptest! {
    #[test]
    fn any_name(name in "[ -~é\\t]{1,12}") {
        prop_assert!(works(&name));
    }
}
