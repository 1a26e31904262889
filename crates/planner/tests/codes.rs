//! The reference of findings: every code that the source names is in it, and its example earns it.

use calypso_library::{Answer, Column, Type};
use calypso_parser::codes::CODES;
use calypso_planner::catalog::Catalog;
use calypso_planner::plan::Plan;
use calypso_planner::{BindOptions, bind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One table, `T`.
struct OneTable;

impl Catalog for OneTable {
    fn table(&self, name: &str) -> Option<Vec<Column>> {
        let columns = [("a", Type::Long), ("s", Type::String), ("t", Type::DateTime), ("d", Type::Dynamic)];
        (name == "T").then(|| columns.into_iter().map(|(name, ty)| Column::new(name, ty)).collect())
    }
    fn tables(&self) -> Vec<String> {
        vec!["T".to_owned()]
    }
    fn now(&self) -> i64 {
        639_000_000_000_000_000
    }
    fn function(&self, _: &str) -> Option<String> {
        None
    }
    fn run(&self, _: &Plan) -> Result<Answer, String> {
        Err("no rows here".to_owned())
    }
}

/// The codes a query is answered with.
fn codes(text: &str) -> BTreeSet<&'static str> {
    let parsed = calypso_parser::parse(text);
    let mut found = parsed.diagnostics.clone();
    if parsed.is_ok() {
        found.extend(bind(&parsed.query, &OneTable, &BindOptions::default()).1);
    }
    found.iter().filter_map(|one| one.code).collect()
}

#[test]
fn examples_earn_their_code() {
    let mut wrong = Vec::new();
    for known in CODES {
        let earned = codes(known.example);
        if !known.example.is_empty() && !earned.contains(known.code) {
            wrong.push(format!("{}: {} gives {earned:?}", known.code, known.example));
        }
        if codes(known.mended).contains(known.code) {
            wrong.push(format!("{}: {} still gives it", known.code, known.mended));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_in_the_reference() {
    let mut named = BTreeSet::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders: Vec<PathBuf> = vec![crates];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("target") && !path.ends_with("tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("a file can be read");
                named.extend(
                    text.split("\"KS").skip(1).filter_map(|rest| rest.get(..3)).map(|n| format!("KS{n}")),
                );
            }
        }
    }
    named.retain(|code| code[2..].bytes().all(|byte| byte.is_ascii_digit()));
    let known: Vec<String> = CODES.iter().map(|known| known.code.to_owned()).collect();
    assert!(known.is_sorted(), "codes stand in order");
    assert_eq!(named.into_iter().collect::<Vec<_>>(), known, "left: in the source, right: in the reference");
}

#[test]
fn queries_that_would_never_end_are_refused() {
    let pipe = |operators: usize| format!("T{}", " | where a > 0".repeat(operators));
    assert!(codes(&pipe(390)).is_empty());
    assert!(codes(&pipe(450)).contains("KS245"));
    // Each of these stands on the last.
    let chain = |steps: usize| {
        let lets = (1..=steps).map(|at| format!("let r{at} = r{} | where a > 0;\n", at - 1));
        format!("let r0 = T;\n{}r{steps}", lets.collect::<String>())
    };
    assert!(codes(&chain(150)).is_empty());
    assert!(codes(&chain(450)).contains("KS245"));
    // Each function calls the one before it twice.
    let lets = (1..=30).map(|at| format!("let f{at} = (x:long) {{ f{0}(x) + f{0}(x) }};\n", at - 1));
    let doubled = format!("let f0 = (x:long) {{ x }};\n{}T | extend y = f30(a)", lets.collect::<String>());
    assert!(codes(&doubled).contains("KS245"));
}
