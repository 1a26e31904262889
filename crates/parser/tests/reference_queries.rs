//! The reference queries beside the project, when they are there: at least 99 of 100 are read without a finding,
//! and the canonical text of each is read as the same tree.

use std::path::{Path, PathBuf};

use calypso_parser::{parse, print};

/// The queries of a file of JSON lines; none when the file is absent.
fn queries(name: &str) -> Option<Vec<(String, String)>> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is absent", path.display());
        return None;
    };
    let case = |line: &str| {
        let case: serde_json::Value = serde_json::from_str(line).ok()?;
        Some((case["id"].as_str()?.to_string(), case["query"].as_str()?.to_string()))
    };
    Some(text.lines().filter_map(case).collect())
}

fn check(name: &str) {
    let Some(cases) = queries(name) else { return };
    let mut refused = Vec::new();
    for (id, text) in &cases {
        let parsed = parse(text);
        if !parsed.diagnostics.is_empty() {
            refused.push(format!("{id}: {}", parsed.diagnostics[0].message));
            continue;
        }
        let canonical = print(&parsed.query);
        let again = parse(&canonical);
        assert!(again.diagnostics.is_empty(), "{id}: {:?}\n{canonical}", again.diagnostics);
        assert_eq!(again.query, parsed.query, "{id}: {canonical}");
        assert_eq!(print(&again.query), canonical, "{id}: printing is not idempotent");
    }
    assert!(refused.len() * 100 <= cases.len(), "{} of {} refused: {refused:#?}", refused.len(), cases.len());
}

#[test]
fn documentation_examples_are_read() {
    check("open_cases.jsonl");
}

#[test]
fn queries_in_use_are_read() {
    check("real_queries.jsonl");
}
