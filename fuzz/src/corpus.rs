//! Texts to begin with. In: the project's pages and saved queries, and the reference material beside it where there is
//! some. Out: query texts.

use std::fs;
use std::path::{Path, PathBuf};

/// Every query at hand.
pub fn read() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut texts = vec!["print 1".to_owned()];
    for path in files(&root.join("tests/cases"), "md") {
        texts.extend(fs::read_to_string(path).iter().flat_map(|page| blocks(page)));
    }
    for path in files(&root.join("queries"), "kql") {
        texts.extend(fs::read_to_string(path));
    }
    for name in ["open_cases.jsonl", "real_queries.jsonl"] {
        let path = root.join("../shared/conformance").join(name);
        texts.extend(fs::read_to_string(path).iter().flat_map(|lines| lines.lines()).filter_map(query_of));
    }
    texts
}

/// The `kql` blocks of a page.
fn blocks(page: &str) -> Vec<String> {
    let parts = page.split("```kql\n").skip(1);
    parts.filter_map(|part| part.split_once("```").map(|(query, _)| query.to_owned())).collect()
}

/// The text of `"query"` in a line of JSON.
fn query_of(line: &str) -> Option<String> {
    let found = calypso_library::json::parse(line)?;
    found.get("query")?.as_str().map(str::to_owned)
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|one| one == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}
