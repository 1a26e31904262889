//! The lines of earlier days: a file in the state folder that only its owner may read, no line twice, the newest 10,000.

use crate::places;
use rustyline::history::{FileHistory, History};
use std::collections::HashSet;
use std::path::PathBuf;

/// Lines kept.
pub const KEPT: usize = 10_000;

/// The file, its folder made; none when there is no home or it cannot be made.
pub fn file() -> Option<PathBuf> {
    let folder = places::state()?;
    make_private(&folder).ok()?;
    Some(folder.join("history"))
}

#[cfg(unix)]
fn make_private(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// Each line once, where it stood last.
pub fn without_repeats(history: &mut FileHistory) {
    let mut seen = HashSet::new();
    let mut lines: Vec<String> = Vec::new();
    for line in history.iter().rev() {
        if seen.insert(line.clone()) {
            lines.push(line.clone());
        }
    }
    if lines.len() == history.len() || history.clear().is_err() {
        return;
    }
    for line in lines.into_iter().rev() {
        // A line that cannot be added is not worth an error.
        drop(history.add_owned(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_equal_lines_stays() {
        let mut history = FileHistory::new();
        for line in ["a", "b", "a", "c"] {
            history.add(line).unwrap();
        }
        without_repeats(&mut history);
        assert_eq!(history.iter().collect::<Vec<_>>(), ["b", "a", "c"]);
    }
}
