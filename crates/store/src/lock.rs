//! One writer at a time: a lock of the operating system on a file in the store, gone with its process. Readers take none.

use crate::error::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// The file that is locked.
const LOCK_FILE: &str = ".lock";

/// Held by a writer until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Makes the store's folder and waits until no one else writes; `waiting` is called once when someone does.
pub(crate) fn lock(folder: &Path, waiting: &dyn Fn()) -> Result<Lock, StoreError> {
    std::fs::create_dir_all(folder).map_err(|error| StoreError::at(folder, "made", &error))?;
    let path = folder.join(LOCK_FILE);
    let failed = |error: std::io::Error| StoreError::at(&path, "written", &error);
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            waiting();
            file.lock().map_err(failed)?;
        }
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    Ok(Lock { _file: file })
}

/// Makes what was written to a folder's list of names last.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    // Elsewhere folders cannot be opened; their lists are written with the files.
    if cfg!(unix) {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|error| StoreError::at(folder, "written", &error))?;
    }
    Ok(())
}
