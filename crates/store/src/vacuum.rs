//! Files that no version of late names are removed, and those that no version ever named.

use crate::Store;
use crate::delta::{Delta, wait};
use crate::error::StoreError;
use crate::layout::LogTable;
use crate::lock::lock;
use crate::pending;
use chrono::Duration as Span;
use deltalake_core::operations::vacuum::VacuumMode;
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
            let done = wait(async { vacuum.await });
            let (_, done) = done.map_err(|error| StoreError::at(&delta.folder, "cleared", &error))?;
            removed += done.files_deleted.len() as u64;
        }
        Ok(removed)
    }
}
