//! The whole through its surface: case pages, examples of every builtin, sessions with the real binary, the reference
//! cases where they are at hand, answers with and without optimizations, and tidiness.

mod alerts;
mod arrivals;
mod cases;
mod documented;
mod examples;
mod logs;
mod markdown;
mod optimizations;
mod reference;
mod sessions;
mod store;
mod tidy;
mod watch;

use std::path::PathBuf;

/// The project's root folder.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project has a root")
}

/// The folder of reference material beside the project, where there is one.
fn shared() -> Option<PathBuf> {
    let folder = root().join("../shared");
    folder.is_dir().then_some(folder)
}

/// Whether expectations are to be rewritten.
fn updating() -> bool {
    std::env::var_os("CALYPSO_UPDATE").is_some()
}

/// Every file below a folder with one of these endings, sorted.
fn files(folder: &std::path::Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return found };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if path.extension().and_then(|e| e.to_str()).is_some_and(|e| endings.contains(&e)) {
            found.push(path);
        }
    }
    found.sort();
    found
}
