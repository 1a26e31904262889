//! Files that no version of late names are removed, and those that no version ever named.

use crate::Store;
use crate::delta::{Delta, wait};
use crate::error::StoreError;
use crate::layout::LogTable;
use crate::lock::lock;
use crate::pending;
use chrono::Duration as Span;
use deltalake_core::operations::vacuum::VacuumMode;
use std::path::Path;
use std::time::Duration;

impl Store {
    /// Removes files that no version within that stretch of time names; `waiting` is called when another process writes.
    /// Gives how many.
    ///
    /// # Errors
    /// A store that cannot be read or written.
    pub fn vacuum(&self, older_than: Duration, waiting: &dyn Fn()) -> Result<u64, StoreError> {
        let _lock = lock(&self.folder, waiting)?;
        pending::finish(&self.folder)?;
        let older_than = Span::from_std(older_than).unwrap_or(Span::MAX);
        let mut removed = 0;
        for table in LogTable::ALL {
            let Some(delta) = Delta::open(&self.folder, table)? else { continue };
            let vacuum = delta
                .log()
                .clone()
                .vacuum()
                .with_mode(VacuumMode::Full)
                .with_retention_period(older_than)
                .with_enforce_retention_duration(false);
            // The crate also tells of files that are gone already.
            let before = files_in(&delta.folder);
            wait(async { vacuum.await }).map_err(|error| StoreError::at(&delta.folder, "cleared", &error))?;
            removed += before.saturating_sub(files_in(&delta.folder));
        }
        Ok(removed)
    }
}

/// Parquet files in the folders of a table's days.
fn files_in(folder: &Path) -> u64 {
    let entries =
        |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let days = entries(folder).filter(|path| path.is_dir() && !path.ends_with("_delta_log"));
    days.map(|day| {
        entries(&day).filter(|path| path.extension().is_some_and(|ending| ending == "parquet")).count() as u64
    })
    .sum()
}
