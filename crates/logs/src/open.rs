//! Opens files of any delivered shape as tables.
//!
//! In: paths of files, folders and globs. Out: `AADProvisioningLogs`, `AuditLogs`, `ProvisioningDelivery` (present even
//! when empty), a table for each other file that was named, and a summary of what was read, dropped and refused.
//! Shapes are known by content, never by name.

use crate::parquet_table::{self, ParquetTable};
use crate::paths::expand;
use crate::reader::Reader;
use crate::record::{
    AUDIT_TABLE, DELIVERY_TABLE, PROVISIONING_TABLE, audit_columns, delivery_columns, provisioning_columns,
};
use crate::summary::{Problem, Summary};
use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use calypso_library::{Table, Type};
use std::fmt;
use std::path::PathBuf;

/// How files are opened.
#[derive(Clone, Default, Debug)]
pub struct OpenOptions {
    /// The first line that cannot be read is an error.
    pub strict: bool,
    /// `--data name=path`: the files become one table of that name, as they are.
    pub table_name: Option<String>,
    /// Rename systems from before the renaming of 2024 ("Azure Active Directory").
    pub rename_legacy: bool,
    /// `TenantId` for shapes that know no workspace.
    pub workspace_id: String,
    /// `AADTenantId` for shapes that know no directory.
    pub tenant_id: String,
    /// A Parquet file that alone holds the provisioning rows, each Id once, stays on disk: `Opened::parquet`
    /// then names it, and `tables` lacks `AADProvisioningLogs` and `ProvisioningDelivery`.
    pub keep_parquet: bool,
}

/// Tables made from files.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The three log tables first, then tables of their own in the order named.
    pub tables: Vec<Table>,
    /// The provisioning rows, when they stay on disk.
    pub parquet: Option<ParquetTable>,
    /// What was read.
    pub summary: Summary,
}

/// Why files could not be opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OpenError {
    /// A path that does not exist.
    NotFound {
        /// The path.
        path: String,
    },
    /// A glob that matches nothing.
    NoMatch {
        /// The glob.
        pattern: String,
    },
    /// The system does not let the file be read.
    Unreadable {
        /// The file.
        path: String,
        /// The system's words.
        reason: String,
    },
    /// A file that was named and holds nothing readable.
    Unknown {
        /// The file.
        path: String,
        /// What it begins like.
        reason: String,
    },
    /// With `strict`: the first line that cannot be read.
    Refused(Problem),
    /// The rows do not fit into Arrow's arrays.
    TooLarge {
        /// Arrow's words.
        reason: String,
    },
}

impl OpenError {
    pub(crate) fn unreadable(path: &str, error: &std::io::Error) -> OpenError {
        OpenError::Unreadable { path: path.to_owned(), reason: error.to_string() }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::NotFound { path } => write!(f, "no file or folder {path}"),
            OpenError::NoMatch { pattern } => write!(f, "no file matches {pattern}"),
            OpenError::Unreadable { path, reason } => write!(f, "cannot read {path}: {reason}"),
            OpenError::Unknown { path, reason } => write!(f, "{path} is no log and no table: {reason}"),
            OpenError::Refused(problem) => write!(f, "{problem}"),
            OpenError::TooLarge { reason } => write!(f, "too large for one table: {reason}"),
        }
    }
}

impl std::error::Error for OpenError {}

/// Opens files, folders and globs; `-` is standard input.
pub fn open(paths: &[PathBuf], options: &OpenOptions) -> Result<Opened, OpenError> {
    let inputs = expand(paths)?;
    if options.keep_parquet
        && let Some(opened) = parquet_table::open_kept(&inputs, options)?
    {
        return Ok(opened);
    }
    let mut reader = Reader::new(options);
    reader.read_all(inputs)?;
    reader.finish()
}

/// The latest TimeGenerated of a table, ticks.
pub fn newest_time(table: &Table) -> Option<i64> {
    let time = table.columns.iter().position(|c| c.name == "TimeGenerated" && c.ty == Type::DateTime)?;
    let latest = |batch: &RecordBatch| arrow::compute::max(batch.column(time).as_primitive::<Int64Type>());
    table.batches.iter().filter_map(latest).max()
}

/// The three log tables without rows: what a catalog holds before anything is opened.
pub fn empty_tables() -> Vec<Table> {
    let empty = |name: &str, columns| Table { name: name.to_owned(), columns, batches: Vec::new() };
    vec![
        empty(PROVISIONING_TABLE, provisioning_columns()),
        empty(AUDIT_TABLE, audit_columns()),
        empty(DELIVERY_TABLE, delivery_columns()),
    ]
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_folder_that_cannot_be_read_are_told() {
        let folder = tempfile::tempdir().unwrap();
        // Reading it fails for everybody.
        std::os::unix::fs::symlink("/proc/self/mem", folder.path().join("a.json")).unwrap();
        let summary = open(&[folder.path().to_owned()], &OpenOptions::default()).unwrap().summary;
        assert_eq!((summary.files, summary.files_skipped), (0, 1));
        let warnings: Vec<_> = summary.warnings.into_iter().collect();
        assert_eq!(warnings, [("files or folders that cannot be read".to_owned(), 1)]);
    }
}
