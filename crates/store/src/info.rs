//! What the store holds.

use crate::blob::blob_of;
use crate::delta::Delta;
use crate::error::StoreError;
use crate::layout::{LogTable, time_ticks};
use crate::ledger::transactions;
use crate::write::read_columns;
use crate::{Store, StoredFile};

use std::collections::BTreeSet;

/// What the store holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// Each table.
    pub tables: Vec<TableInfo>,
    /// Files of which at least a part has been imported.
    pub blobs: u64,
}

/// What a table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// Which.
    pub table: LogTable,
    /// Its rows.
    pub rows: u64,
    /// Its files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Days that have rows.
    pub days: u64,
    /// The latest TimeGenerated, ticks.
    pub newest: Option<i64>,
    /// The version of its log.
    pub version: u64,
}

impl Store {
    /// What the store holds.
    ///
    /// # Errors
    /// A log that cannot be read.
    pub fn info(&self) -> Result<Info, StoreError> {
        let mut tables = Vec::new();
        for table in LogTable::ALL {
            let Some(delta) = Delta::open(&self.folder, table)? else { continue };
            let listed = delta.files()?;
            let files: Vec<StoredFile> = listed.iter().map(|listed| listed.file.clone()).collect();
            tables.push(TableInfo {
                table,
                rows: files.iter().map(|file| file.rows).sum(),
                files: files.len() as u64,
                bytes: files.iter().map(|file| file.bytes).sum(),
                days: listed.iter().filter_map(|listed| listed.day).collect::<BTreeSet<_>>().len() as u64,
                newest: newest(table, &files)?,
                version: delta.version(),
            });
        }
        let known = transactions(&self.folder, LogTable::Provisioning)?;
        let blobs: BTreeSet<&str> = known.keys().filter_map(|application| blob_of(application)).collect();
        Ok(Info { tables, blobs: blobs.len() as u64 })
    }

    /// The latest TimeGenerated of any table, ticks; `None` when no row has one.
    ///
    /// # Errors
    /// A log or a file that cannot be read.
    pub fn newest(&self) -> Result<Option<i64>, StoreError> {
        let mut latest = None;
        for table in [LogTable::Provisioning, LogTable::Audit] {
            latest = newest(table, &self.files(table)?)?.max(latest);
        }
        Ok(latest)
    }
}

/// The latest TimeGenerated of files of a table. The log tells microseconds; their tenths are in the files, and only those
/// that end with the latest, or do not tell their times, are read.
fn newest(table: LogTable, files: &[StoredFile]) -> Result<Option<i64>, StoreError> {
    if table == LogTable::Delivery {
        return Ok(None);
    }
    let known = files.iter().filter_map(|file| file.times).map(|(_, latest)| latest).max();
    let mut latest = None;
    for file in files.iter().filter(|file| file.times.is_none_or(|(_, latest)| Some(latest) == known)) {
        for batch in read_columns(&file.path, &["TimeGenerated", "TimeGenerated_tick"])? {
            latest = arrow::compute::max(&time_ticks(&batch, "TimeGenerated")?).max(latest);
        }
    }
    Ok(latest)
}
