//! A look into the folder of an outbox from outside, while a watch may be using it. Nothing is locked, made or changed; a
//! file that is moved meanwhile is found in its new place or left out.

use super::{DEAD, DONE, Entry, Id, OutboxError, WAITING, disk, read};
use std::collections::BTreeMap;
use std::path::Path;

/// What became of a notification for a channel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// It waits to be delivered.
    Waiting,
    /// It was given up.
    GivenUp,
    /// It was delivered.
    Delivered,
}

/// All notifications in a folder; none where there is no folder. Files that do not hold one are left out: who uses the
/// outbox is told of them.
///
/// # Errors
/// When the folder cannot be read.
pub fn look(folder: &Path) -> Result<Vec<(Part, Entry)>, OutboxError> {
    let mut found = BTreeMap::new();
    // In the order in which a file moves, so that one that moves meanwhile is not missed, and its last place counts.
    for (name, part) in [(WAITING, Part::Waiting), (DEAD, Part::GivenUp), (DONE, Part::Delivered)] {
        let folder = folder.join(name);
        if !folder.is_dir() {
            continue;
        }
        for path in disk::files(&folder)? {
            if let (Some(id), Ok(entry)) = (Id::of_file(&path), read::<Entry>(&path)) {
                found.insert(id, (part, entry));
            }
        }
    }
    Ok(found.into_values().collect())
}
