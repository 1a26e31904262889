//! The local store: a folder with a Delta table for each log table. In: files of every delivered shape. Out: Parquet
//! files, each event once, that any reader of Delta Lake reads as they are.
//!
//! `STORE/AADProvisioningLogs`, `STORE/AuditLogs` and `STORE/ProvisioningDelivery` are the tables, partitioned by the
//! column `Day`.

use calypso_logs::{OpenOptions, Summary};
use std::path::{Path, PathBuf};

/// A store on disk.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

/// A file of a table in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its rows.
    pub rows: u64,
    /// Its size in bytes.
    pub bytes: u64,
    /// Least and greatest TimeGenerated, ticks, both included; `None` also when some row has none.
    pub times: Option<(i64, i64)>,
}

/// How files are imported.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// How they are read.
    pub open: OpenOptions,
    /// Bytes that rows on their way may hold; else 512 MiB.
    pub memory: Option<usize>,
}

/// How far an import has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files done, and all.
    pub files: (u64, u64),
    /// Bytes of files read, and all.
    pub bytes: (u64, u64),
    /// Rows new to the store.
    pub rows: u64,
}

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// What reading the files did; `duplicates` counts those in the store, too.
    pub summary: Summary,
    /// Rows new to the store.
    pub rows: u64,
    /// Files that had been imported before and had not grown.
    pub known_files: u64,
}

/// Why the store could not do something: a plain sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoreError(pub String);

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StoreError {}

impl Store {
    /// The store in a folder; nothing is read or made yet.
    pub fn at(folder: &Path) -> Store {
        Store { folder: folder.to_owned() }
    }

    /// Whether something has been imported.
    pub fn exists(&self) -> bool {
        self.folder.join("AADProvisioningLogs").join("_delta_log").is_dir()
    }
}
