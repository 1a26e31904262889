//! Any text at all: it is read without a panic, in bounded time and stack; what was read of it prints as a text
//! that reads as the same tree.

use calypso_parser::{dynamic_literal, parse, print, tokens};
use proptest::prelude::*;

/// Pieces that meet in queries, whole and broken.
const PIECES: &[&str] = &[
    "T",
    "a",
    "b",
    "x1",
    "['a b']",
    "[\"x\"]",
    "$left",
    "$right",
    "count",
    "kind",
    "by",
    "let",
    "set",
    "view",
    "id",
    "1",
    "2.5",
    "0x1F",
    "1d",
    "1.5h",
    "true",
    "'s'",
    "\"t\"",
    "@'v'",
    "h\"p\"",
    "```m```",
    "datetime(2024-01-01)",
    "dynamic({\"a\":[1,null]})",
    "dynamic(",
    "int(5)",
    "guid(",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    ",",
    ";",
    ".",
    "..",
    "=",
    "==",
    "!=",
    "=~",
    "!~",
    "<",
    "<=",
    ">",
    ">=",
    "<>",
    "=>",
    "+",
    "-",
    "*",
    "/",
    "%",
    ":",
    "@",
    "?",
    "<|",
    "!",
    "\\",
    "and",
    "or",
    "in",
    "!in",
    "in~",
    "has",
    "!has",
    "has_any",
    "contains",
    "matches regex",
    "between",
    "!between",
    "startswith_cs",
    "where",
    "extend",
    "project",
    "project-away",
    "project-reorder",
    "summarize",
    "sort by",
    "top",
    "take",
    "join",
    "lookup",
    "on",
    "union",
    "mv-expand",
    "mv-apply",
    "to typeof(long)",
    "make-series",
    "from",
    "to",
    "step",
    "parse",
    "parse-kv",
    "with",
    "as",
    "print",
    "range",
    "datatable",
    "externaldata",
    "render",
    "timechart",
    "evaluate",
    "invoke",
    "fork",
    "facet",
    "find",
    "search",
    "scan",
    "declare",
    "partition",
    "top-nested",
    "of",
    "graph-match",
    "make-graph",
    "-->",
    "-[",
    "]->",
    "macro-expand",
    "materialize",
    "toscalar",
    "typeof",
    "limit",
    "asc",
    "desc",
    "nulls first",
    "default",
    "declare pattern",
    "declare query_parameters",
    "restrict access to",
    ".show tables",
    "//c\n",
    "#x\n",
    "é",
    "☃",
    "\n",
    " ",
];

fn check(text: &str) {
    let parsed = parse(text);
    for found in &parsed.diagnostics {
        assert!(found.span.start <= found.span.end && found.span.end as usize <= text.len(), "{found:?}");
        assert!(
            text.is_char_boundary(found.span.start as usize)
                && text.is_char_boundary(found.span.end as usize)
        );
        assert!(found.help.is_some(), "no way out: {found:?}");
    }
    let canonical = print(&parsed.query);
    if parsed.diagnostics.is_empty() {
        let again = parse(&canonical);
        assert!(again.diagnostics.is_empty(), "{:?}\n{canonical}", again.diagnostics);
        assert_eq!(again.query, parsed.query, "{canonical}");
        assert_eq!(print(&again.query), canonical);
    }
    let mut end = 0;
    for token in tokens(text) {
        assert!(token.span.start >= end && token.span.end > token.span.start);
        end = token.span.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        check(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn token_soup(picks in proptest::collection::vec((0..PIECES.len(), any::<bool>()), 0..40)) {
        let mut text = String::new();
        for (pick, space) in picks {
            text.push_str(PIECES[pick]);
            text.push_str(if space { " " } else { "" });
        }
        check(&text);
    }

    #[test]
    fn dynamic_texts(text in "[\\[\\]{}:,\"' a-c0-9.null()-]{0,40}") {
        let _ = dynamic_literal(&text);
    }
}

/// Runs with the stack of a test thread, whatever the machine's default is.
fn in_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(run).expect("a thread starts");
    thread.join().expect("no overflow and no panic");
}

fn findings(text: &str) -> usize {
    let parsed = parse(text);
    let _ = print(&parsed.query);
    parsed.diagnostics.len()
}

#[test]
fn negated_words_run_into_names() {
    for text in [
        "T | where a !betweenago(1d)",
        "!inx",
        "!",
        "!!",
        "print 1678250000123 . id",
        "datatable(a:real)[-73.9891x8]",
        "T | where a !hasnt 'b'",
        "print $",
        "~",
        "`",
        "@@",
    ] {
        check(text);
    }
}

#[test]
fn deep_nesting_is_refused_once() {
    in_small_stack(|| {
        for (open, middle, close) in [
            ("(", "1", ")"),
            ("f(", "1", ")"),
            ("a[", "1", "]"),
            ("toscalar(", "T", ")"),
            ("dynamic([", "1", "])"),
            ("1 in (", "1", ")"),
            ("a == (b + (c * -(", "1", ")))"),
        ] {
            for depth in [60 / open.matches(['(', '[']).count(), 1_000, 100_000] {
                let text = format!("print {}{middle}{}", open.repeat(depth), close.repeat(depth));
                assert_eq!(findings(&text), usize::from(depth >= 1_000), "{open} × {depth}");
            }
            assert!(
                (1..=2).contains(&findings(&format!("print {}", open.repeat(10_000)))),
                "{open} never closed"
            );
        }
    });
}

#[test]
fn deep_subqueries_are_refused_once() {
    in_small_stack(|| {
        for (open, close) in [
            ("T | join (", ") on a"),
            ("T | union (", ")"),
            ("T | fork (", ")"),
            ("T | mv-apply x on (", ")"),
            ("let f = () { T | where a in (", ") }; f"),
        ] {
            for depth in [30, 10_000] {
                let text = format!("{}T{}", open.repeat(depth), close.repeat(depth));
                let _ = findings(&text);
            }
        }
        let join = format!("{}T{}", "T | join (".repeat(60), ") on a".repeat(60));
        assert_eq!(findings(&join), 0);
    });
}

#[test]
fn long_chains_are_flat() {
    in_small_stack(|| {
        for link in [" + 1", " and a", ".b", "[0]", " | count"] {
            let start = if link == " | count" { "T" } else { "print a" };
            let text = format!("{start}{}", link.repeat(1_000_000));
            assert_eq!(findings(&text), 0, "{link}");
        }
        assert_eq!(findings(&format!("print {}1", "-".repeat(100_000))), 1);
        let statements = "let a = 1;\n".repeat(100_000);
        assert_eq!(findings(&statements), 0);
        assert!(findings(&";".repeat(100_000)) > 0);
    });
}
