//! The module lists of functions, aggregates and plugins follow from the files: this test fails when one is stale, and writes
//! them with `CALYPSO_UPDATE=1`.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path)
}

/// Names of the entries of a folder that are modules: folders, or files other than `mod.rs`; sorted.
fn modules(folder: &Path, folders: bool) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is part of the crate")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.is_dir() == folders)
        .map(|path| path.file_stem().expect("entries have names").to_string_lossy().into_owned())
        .filter(|name| name != "mod")
        .collect();
    names.sort();
    names
}

/// The modules of a file list and the constant that gathers theirs.
fn list(names: &[String], what: &str, constant: &str, kind: &str) -> String {
    let mut text = String::new();
    for name in names {
        writeln!(text, "{}pub mod {name};", condition(name, "")).expect("text grows");
    }
    if !names.is_empty() {
        text.push('\n');
    }
    let item = |name: &String| format!("{}&{name}::{constant}", condition(name, "    "));
    let items: Vec<String> = names.iter().map(item).collect();
    writeln!(text, "/// Every {what}.").expect("text grows");
    writeln!(text, "{}", constant_list(&format!("pub const ALL: &[&{kind}]"), &items)).expect("text grows");
    text
}

/// The line before a plugin that belongs to a feature of the crate.
fn condition(name: &str, indent: &str) -> String {
    let optional = name.starts_with("geo_") && name.ends_with("_lookup");
    if optional { format!("#[cfg(feature = \"geospatial\")]\n{indent}") } else { String::new() }
}

/// A constant of several items as rustfmt lays it out: on one line, broken after the sign, or one item a line.
fn constant_list(head: &str, items: &[String]) -> String {
    let one_line = format!("{head} = &[{}];", items.join(", "));
    let second_line = format!("    &[{}];", items.join(", "));
    let short = |text: &str| text.len() <= 110 && !text.contains("#[");
    if short(&one_line) {
        one_line
    } else if short(&second_line) {
        format!("{head} =\n{second_line}")
    } else {
        format!("{head} = &[\n    {},\n];", items.join(",\n    "))
    }
}

/// Compares a file with what it should be, from the first module or list on; rewrites it when asked.
fn check(path: &Path, wanted: &str, stale: &mut Vec<String>) {
    let held = fs::read_to_string(path).unwrap_or_default();
    if held == wanted {
        return;
    }
    if std::env::var_os("CALYPSO_UPDATE").is_some() {
        fs::write(path, wanted).expect("the list can be written");
    } else {
        stale.push(path.display().to_string());
    }
}

/// The families that are a feature of the crate.
const OPTIONAL: &[&str] = &["geospatial"];

#[test]
fn lists_are_current() {
    let mut stale = Vec::new();
    let functions = source("functions");
    let families = modules(&functions, true);
    for family in &families {
        let folder = functions.join(family);
        let names = modules(&folder, false);
        let header = "//! The functions of this family. Written by the test `lists_are_current`.\n\n";
        let body = list(&names, "function of this family", "FUNCTION", "crate::function::Function");
        check(&folder.join("mod.rs"), &format!("{header}{body}"), &mut stale);
    }
    let path = functions.join("mod.rs");
    let held = fs::read_to_string(&path).expect("the list of families is part of the crate");
    let (head, rest) = held.split_once("pub mod ").expect("the list of families names modules");
    let (_, tail) = rest.split_once("];\n").expect("the list of families ends");
    let mut wanted = head.to_owned();
    let feature = |family: &str, indent: &str| match OPTIONAL.contains(&family) {
        true => format!("#[cfg(feature = \"{family}\")]\n{indent}"),
        false => String::new(),
    };
    for family in &families {
        writeln!(wanted, "{}pub mod {family};", feature(family, "")).expect("text grows");
    }
    let item = |family: &String| format!("{}(\"{family}\", {family}::ALL)", feature(family, "    "));
    let all: Vec<String> = families.iter().map(item).collect();
    let list_text = constant_list("pub const FAMILIES: &[(&str, &[&Function])]", &all);
    writeln!(wanted, "\n/// All families with their names.\n{list_text}").expect("text grows");
    wanted.push_str(tail);
    check(&path, &wanted, &mut stale);

    let gathered = [
        ("aggregates", "aggregate", "AGGREGATE", "crate::aggregate::Aggregate"),
        ("plugins", "plugin", "PLUGIN", "crate::plugin::Plugin"),
    ];
    for (folder, what, constant, kind) in gathered {
        let folder = source(folder);
        let path = folder.join("mod.rs");
        let held = fs::read_to_string(&path).expect("the list is part of the crate");
        let head = held.split_once("\n\n").expect("the list has a head").0;
        let tail = &held[held.find("];\n").expect("the list ends") + 3..];
        let body = list(&modules(&folder, false), what, constant, kind);
        check(&path, &format!("{head}\n\n{body}{tail}"), &mut stale);
    }
    assert!(stale.is_empty(), "stale lists (CALYPSO_UPDATE=1 cargo test rewrites them): {stale:?}");
}
