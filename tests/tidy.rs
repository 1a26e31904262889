//! The house rules that a machine can check.

use std::collections::BTreeMap;

/// What each crate may use of the others.
const MAY_USE: &[(&str, &[&str])] = &[
    ("parser", &[]),
    ("library", &[]),
    ("planner", &["parser", "library"]),
    ("engine", &["parser", "library", "planner"]),
    ("logs", &["library"]),
    ("store", &["library", "logs"]),
    ("view", &["library"]),
    ("workbook", &["library", "planner", "engine", "view"]),
    ("alerts", &["parser", "library"]),
    ("server", &["library", "engine", "view", "workbook", "alerts"]),
    ("notify", &[]),
];

#[test]
fn crates_use_only_what_stands_to_their_left() {
    for (name, allowed) in MAY_USE {
        let path = crate::root().join(format!("crates/{name}/Cargo.toml"));
        let text = std::fs::read_to_string(&path).expect("each crate has a manifest");
        let used = text.split("[dev-dependencies]").next().unwrap_or("").lines().filter_map(|line| {
            line.strip_prefix("calypso-").and_then(|rest| rest.split(['.', ' ', '=']).next())
        });
        for used in used {
            assert!(allowed.contains(&used), "crates/{name} uses {used}");
        }
        let uses_datafusion = text.lines().any(|line| line.starts_with("datafusion"));
        assert_eq!(uses_datafusion, *name == "engine", "only the engine names DataFusion: {name}");
        let speaks = text.lines().any(|line| line.starts_with("lettre") || line.starts_with("tokio-rustls"));
        assert_eq!(speaks, *name == "notify", "only notify speaks to other machines: {name}");
    }
}

#[test]
fn every_file_says_what_it_is() {
    let mut silent = Vec::new();
    for path in crate::files(&crate::root().join("crates"), &["rs"]) {
        if path.components().any(|part| part.as_os_str() == "target") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source file can be read");
        if !text.starts_with("//!") {
            silent.push(path.display().to_string());
        }
    }
    assert!(silent.is_empty(), "files without `//!` at their top: {silent:?}");
}

#[test]
fn every_builtin_has_a_summary_and_one_home() {
    let mut homes: BTreeMap<&str, usize> = BTreeMap::new();
    for function in calypso_library::functions::all() {
        assert!(!function.summary.is_empty(), "{} has no summary", function.name);
        for name in std::iter::once(&function.name).chain(function.aliases) {
            *homes.entry(name).or_default() += 1;
        }
    }
    let doubled: Vec<_> = homes.into_iter().filter(|(_, count)| *count > 1).collect();
    assert!(doubled.is_empty(), "names with several homes: {doubled:?}");
    for aggregate in calypso_library::aggregates::ALL {
        assert!(!aggregate.summary.is_empty(), "{} has no summary", aggregate.name);
    }
}
