//! The local store: a folder with a Delta table for each log table. In: files of every delivered shape. Out: Parquet
//! files, each event once, that any reader of Delta Lake reads as they are.
//!
//! `STORE/AADProvisioningLogs`, `STORE/AuditLogs` and `STORE/ProvisioningDelivery` are the tables, partitioned by the
//! column `Day`. One process writes at a time; readers see the last commit and wait for nobody.

mod blob;
mod compact;
mod delivery;
mod delta;
mod error;
mod flush;
mod ids;
mod import;
mod info;
mod layout;
mod ledger;
mod lock;
mod pending;
mod rows;
mod vacuum;
mod write;

pub use compact::Compacted;
pub use error::StoreError;
pub use info::{Info, TableInfo};
pub use layout::LogTable;

use calypso_logs::{OpenOptions, Summary};
use delta::{Delta, log_folder};
use std::hash::{DefaultHasher, Hash, Hasher};
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
    /// Another process writes to the store; this one waits for it.
    pub waiting: bool,
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
    /// Files that hold no logs or cannot be read, each as a sentence.
    pub refused: Vec<String>,
    /// Paths that are not there, or hold nothing any more, each as a sentence: what lies there may come back.
    pub away: Vec<String>,
}

impl Store {
    /// The store in a folder; nothing is read or made yet.
    pub fn at(folder: &Path) -> Store {
        Store { folder: folder.to_owned() }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether something has been imported.
    pub fn exists(&self) -> bool {
        log_folder(&self.folder, LogTable::Provisioning).is_dir()
    }

    /// The files of a table as of its last commit; none when it has not been made.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn files(&self, table: LogTable) -> Result<Vec<StoredFile>, StoreError> {
        let Some(delta) = Delta::open(&self.folder, table)? else {
            return Ok(Vec::new());
        };
        let mut files: Vec<StoredFile> = delta.files()?.into_iter().map(|listed| listed.file).collect();
        files.sort_by(|a, b| (a.times, &a.path).cmp(&(b.times, &b.path)));
        Ok(files)
    }

    /// A number that is another one after a commit.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        LogTable::ALL.map(|table| ledger::newest_version(&self.folder, table)).hash(&mut hasher);
        hasher.finish()
    }
}
