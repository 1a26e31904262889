//! What the store holds, told without opening a Parquet file.

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
    /// The latest TimeGenerated, ticks; at most a microsecond late.
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
            tables.push(TableInfo {
                table,
                rows: listed.iter().map(|listed| listed.file.rows).sum(),
                files: listed.len() as u64,
                bytes: listed.iter().map(|listed| listed.file.bytes).sum(),
                days: listed.iter().filter_map(|listed| listed.day).collect::<BTreeSet<_>>().len() as u64,
                newest: newest(listed.iter().map(|listed| &listed.file)),
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
            let files = self.files(table)?;
            let known = newest(&files);
            // The log tells microseconds; their tenths are in the files, and only in those that end with the latest.
            for file in
                files.iter().filter(|file| file.times.is_none() || file.times.map(|times| times.1) == known)
            {
                for batch in read_columns(&file.path, &["TimeGenerated", "TimeGenerated_tick"])? {
                    let ticks = time_ticks(&batch, "TimeGenerated")?;
                    latest = arrow::compute::max(&ticks).max(latest);
                }
            }
        }
        Ok(latest)
    }
}

fn newest<'a>(files: impl IntoIterator<Item = &'a StoredFile>) -> Option<i64> {
    files.into_iter().filter_map(|file| file.times).map(|(_, latest)| latest).max()
}
