//! `docs/reference` follows from the builtins and the operators' pages: this test fails when a page is stale, and
//! writes them with `CALYPSO_UPDATE=1`.

use calypso_library::builtin::{Builtin, signature};
use calypso_library::functions::FAMILIES;
use calypso_library::{aggregates, plugins};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// What each family is called in a heading.
fn title(family: &str) -> String {
    let mut letters = family.replace('_', " ");
    if let Some(first) = letters.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    letters
}

/// A section of a page: all that a builtin says of itself.
fn section(one: &Builtin) -> String {
    let mut text = format!("## `{}`\n\n{}\n", one.name, one.summary);
    if !one.aliases.is_empty() {
        let names: Vec<String> = one.aliases.iter().map(|name| format!("`{name}`")).collect();
        writeln!(text, "\nAlso {}.", names.join(", ")).expect("text grows");
    }
    for form in &one.forms {
        writeln!(text, "\n`{}`\n", signature(one.name, form)).expect("text grows");
        for parameter in &form.parameters {
            let constant = if parameter.constant { " Known before any row is read." } else { "" };
            writeln!(text, "- `{}`: {}{constant}", parameter.name, parameter.summary).expect("text grows");
        }
    }
    if !one.examples.is_empty() {
        text.push_str("\n```kql\n");
        for example in one.examples {
            writeln!(text, "{}\n// {}", example.query, example.answer.replace('\n', "\n// "))
                .expect("text grows");
        }
        text.push_str("```\n");
    }
    text.replace("\n\n\n", "\n\n")
}

/// A page of builtins in order of name.
fn page(heading: &str, mut all: Vec<Builtin>) -> String {
    all.sort_by_key(|one| one.name);
    let mut text = format!("# {heading}\n\nWritten from the builtins by `CALYPSO_UPDATE=1 cargo test`.\n");
    for one in &all {
        write!(text, "\n{}", section(one)).expect("text grows");
    }
    text
}

/// The operators' case pages: name and first paragraph.
fn operators(root: &Path, folder: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = fs::read_dir(root.join("tests/cases").join(folder))
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_else(|_| Vec::<PathBuf>::new())
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a case page can be read");
            let name = path.file_stem().expect("a page has a name").to_string_lossy().into_owned();
            let first = text.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ");
            (name, first)
        })
        .collect();
    found.sort();
    found
}

/// The page that leads to all others.
fn index(root: &Path, pages: &BTreeMap<String, (String, usize)>) -> String {
    let mut text = String::from(
        "# Reference\n\nWhat Calypso understands. The page of an operator is a set of queries with their answers, which the \
         tests run;\nthe pages of functions are written from their source by `CALYPSO_UPDATE=1 cargo test`.\n",
    );
    for (heading, folder) in [
        ("Operators", "operators"),
        ("Statements and meaning", "meaning"),
        ("Commands", "commands"),
        ("Plugins by example", "plugins"),
        ("Findings", "diagnostics"),
    ] {
        let found = operators(root, folder);
        if found.is_empty() {
            continue;
        }
        writeln!(text, "\n## {heading}\n").expect("text grows");
        for (name, first) in found {
            writeln!(text, "- [{name}](../../tests/cases/{folder}/{name}.md): {first}").expect("text grows");
        }
    }
    text.push_str("\n## Functions, aggregates and plugins\n\n");
    for (file, (heading, count)) in pages {
        writeln!(text, "- [{heading}]({file}) ({count})").expect("text grows");
    }
    text
}

/// Without the feature its functions would be missing.
#[cfg_attr(not(feature = "geospatial"), ignore = "the reference is that of the whole language")]
#[test]
fn the_reference_is_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut pages = BTreeMap::new();
    let mut add = |file: String, heading: String, all: Vec<Builtin>| {
        pages.insert(file.clone(), (heading.clone(), all.len()));
        texts.insert(file, page(&heading, all));
    };
    for (family, functions) in FAMILIES {
        add(format!("{family}.md"), title(family), functions.iter().map(|one| Builtin::from(*one)).collect());
    }
    add(
        "aggregates.md".into(),
        "Aggregates".into(),
        aggregates::ALL.iter().map(|one| Builtin::from(*one)).collect(),
    );
    add("plugins.md".into(), "Plugins".into(), plugins::ALL.iter().map(|one| Builtin::from(*one)).collect());
    texts.insert("README.md".into(), index(&root, &pages));

    let folder = root.join("docs/reference");
    let update = std::env::var_os("CALYPSO_UPDATE").is_some();
    let mut stale = Vec::new();
    for (file, wanted) in &texts {
        let path = folder.join(file);
        if fs::read_to_string(&path).unwrap_or_default() != *wanted {
            if update {
                fs::create_dir_all(&folder).expect("the folder can be made");
                fs::write(&path, wanted).expect("the page can be written");
            } else {
                stale.push(file.clone());
            }
        }
    }
    for entry in fs::read_dir(&folder).expect("the reference is part of the project").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !texts.contains_key(&name) {
            if update {
                fs::remove_file(entry.path()).expect("a page of nothing can be removed");
            } else {
                stale.push(name);
            }
        }
    }
    assert!(stale.is_empty(), "stale pages (CALYPSO_UPDATE=1 cargo test rewrites them): {stale:?}");
}
