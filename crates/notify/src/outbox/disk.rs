//! Changes of the folder, each of which is there as a whole or not at all, and stays when the power goes.

use super::OutboxError;
use std::fs::File;
use std::io::{Result, Write};
use std::path::{Path, PathBuf};

/// The ending of files that are being written.
const UNFINISHED: &str = "unfinished";

/// Writes a file, or replaces it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> std::result::Result<(), OutboxError> {
    let unfinished = path.with_extension(UNFINISHED);
    let work = || -> Result<()> {
        let mut file = File::create(&unfinished)?;
        if let Err(error) = fault::step() {
            // A kill in the middle of a write.
            file.write_all(&bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        fault::step()?;
        std::fs::rename(&unfinished, path)?;
        fault::step()?;
        sync_folder_of(path)
    };
    work().map_err(|error| OutboxError::Disk(path.to_owned(), error))
}

/// Gives a file another place.
pub(super) fn rename(from: &Path, to: &Path) -> std::result::Result<(), OutboxError> {
    let work = || -> Result<()> {
        fault::step()?;
        std::fs::rename(from, to)?;
        fault::step()?;
        sync_folder_of(to)?;
        sync_folder_of(from)
    };
    work().map_err(|error| OutboxError::Disk(from.to_owned(), error))
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> std::result::Result<(), OutboxError> {
    let work = || -> Result<()> {
        fault::step()?;
        std::fs::remove_file(path)
    };
    work().map_err(|error| OutboxError::Disk(path.to_owned(), error))
}

/// Removes files of a folder that a kill left unfinished.
pub(super) fn sweep(folder: &Path) -> std::result::Result<(), OutboxError> {
    let paths = list(folder)?.into_iter();
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == UNFINISHED))
        .try_for_each(|path| remove(&path))
}

/// The files of JSON in a folder, in the order of their names.
pub(super) fn files(folder: &Path) -> std::result::Result<Vec<PathBuf>, OutboxError> {
    let mut paths = list(folder)?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    Ok(paths)
}

fn list(folder: &Path) -> std::result::Result<Vec<PathBuf>, OutboxError> {
    let entries = std::fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>>>());
    let entries = entries.map_err(|error| OutboxError::Disk(folder.to_owned(), error))?;
    Ok(entries.into_iter().map(|entry| entry.path()).collect())
}

/// Makes what was written to a folder's list of names last.
fn sync_folder_of(path: &Path) -> Result<()> {
    // Elsewhere folders cannot be opened; their lists are written with the files.
    match path.parent().filter(|_| cfg!(unix)) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// In tests: the end of the process before one of the steps of a change. From then on nothing is changed any more.
#[cfg(test)]
pub(super) mod fault {
    use std::cell::Cell;

    thread_local! {
        static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
    }

    /// So many more steps are made; none: all are.
    pub fn after(steps: Option<u32>) {
        LEFT.set(steps);
    }

    pub fn step() -> std::io::Result<()> {
        match LEFT.get() {
            None => Ok(()),
            Some(0) => Err(std::io::Error::other("killed")),
            Some(left) => {
                LEFT.set(Some(left - 1));
                Ok(())
            }
        }
    }
}

#[cfg(not(test))]
mod fault {
    pub fn step() -> std::io::Result<()> {
        Ok(())
    }
}
