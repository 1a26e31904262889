//! A Delta table of the store: opened, made, listed, committed to. The only file that works the log.

use crate::StoredFile;
use crate::error::StoreError;
use crate::layout::{DAY, Day, LogTable, day_from_text, ticks_of};
use crate::lock::sync_folder;
use chrono::DateTime;
use deltalake_core::kernel::transaction::{CommitBuilder, CommitProperties};
use deltalake_core::kernel::{Action, Add, Remove, Transaction};
use deltalake_core::protocol::{DeltaOperation, SaveMode};
use deltalake_core::{DeltaTable, DeltaTableBuilder, DeltaTableError};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use url::Url;

/// A table as of a version of its log.
#[derive(Clone, Debug)]
pub(crate) struct Delta {
    pub(crate) table: LogTable,
    /// The table's folder.
    pub(crate) folder: PathBuf,
    log: DeltaTable,
}

/// A file that a version names.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    /// What readers of the table want to know.
    pub(crate) file: StoredFile,
    /// Its day.
    pub(crate) day: Day,
    /// Takes it out of the table.
    pub(crate) remove: Remove,
}

/// Waits for work on a runtime and a thread of its own: who calls may be within another runtime.
pub(crate) fn wait<T: Send>(
    work: impl Future<Output = Result<T, DeltaTableError>> + Send,
) -> Result<T, DeltaTableError> {
    let run = || {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(2).enable_all().build();
        runtime.map_err(|error| DeltaTableError::Generic(error.to_string()))?.block_on(work)
    };
    let done = std::thread::scope(|scope| scope.spawn(run).join());
    done.unwrap_or_else(|_| Err(DeltaTableError::Generic("the Delta log broke its reader".to_owned())))
}

/// The folder of a table's log.
pub(crate) fn log_folder(store: &Path, table: LogTable) -> PathBuf {
    store.join(table.name()).join("_delta_log")
}

impl Delta {
    /// The table as it is now; `None` when it has not been made.
    pub(crate) fn open(store: &Path, table: LogTable) -> Result<Option<Delta>, StoreError> {
        if !log_folder(store, table).is_dir() {
            return Ok(None);
        }
        let folder = store.join(table.name());
        let url = location(&folder)?;
        let log = wait(async {
            let mut log = DeltaTableBuilder::from_url(url)?.build()?;
            match log.load().await {
                // A log whose first commit was never made.
                Err(DeltaTableError::NotATable(_)) => Ok(None),
                loaded => loaded.map(|()| Some(log)),
            }
        });
        let log = log.map_err(|error| StoreError::at(&folder, "read as a Delta table", &error))?;
        let Some(log) = log else { return Ok(None) };
        let delta = Delta { table, folder, log };
        delta.check_columns()?;
        Ok(Some(delta))
    }

    /// Refuses a table that something else has written there: neither its rows nor its files are ours to touch.
    fn check_columns(&self) -> Result<(), StoreError> {
        let failed = |error: &dyn std::fmt::Display| StoreError::at(&self.folder, "used", error);
        let snapshot = self.log.snapshot().map_err(|error| failed(&error))?;
        let schema = snapshot.schema();
        let wanted = self.table.columns().into_iter().map(|column| column.name).chain([DAY.to_owned()]);
        match wanted.into_iter().find(|name| schema.field(name).is_none()) {
            Some(name) => Err(failed(&format!("it is a table of something else, without a column {name}"))),
            None => Ok(()),
        }
    }

    /// The table as it is now, made when it is not there.
    pub(crate) fn open_or_create(store: &Path, table: LogTable) -> Result<Delta, StoreError> {
        if let Some(delta) = Delta::open(store, table)? {
            return Ok(delta);
        }
        let folder = store.join(table.name());
        let failed = |error: &dyn std::fmt::Display| StoreError::at(&folder, "made", error);
        std::fs::create_dir_all(&folder).map_err(|error| failed(&error))?;
        let url = location(&folder)?;
        let log = wait(async {
            let log = DeltaTableBuilder::from_url(url)?.build()?;
            let create = log.create().with_table_name(table.name()).with_columns(table.delta_columns());
            create.with_partition_columns([DAY]).with_save_mode(SaveMode::Ignore).await
        });
        let delta = Delta { table, log: log.map_err(|error| failed(&error))?, folder };
        delta.sync(0)?;
        sync_folder(&delta.folder)?;
        sync_folder(store)?;
        Ok(delta)
    }

    /// The version of the log.
    pub(crate) fn version(&self) -> u64 {
        self.log.version().unwrap_or_default()
    }

    /// The log, for what the crate does by itself.
    pub(crate) fn log(&self) -> &DeltaTable {
        &self.log
    }

    /// Its files.
    pub(crate) fn files(&self) -> Result<Vec<Listed>, StoreError> {
        let snapshot = self.log.snapshot().map_err(|error| StoreError::at(&self.folder, "listed", &error))?;
        let listed = |view: deltalake_core::kernel::LogicalFileView| {
            let day = view.partition_values_map().remove(DAY).flatten();
            let statistics = view.stats().unwrap_or_default();
            let (rows, times) = statistics_from_text(&statistics);
            let path = self.folder.join(view.path().as_ref());
            let bytes = u64::try_from(view.size()).unwrap_or_default();
            let file = StoredFile { path, rows, bytes, times };
            let remove = view.remove_action(true);
            Listed { file, day: day.and_then(|day| day_from_text(&day)), remove }
        };
        Ok(snapshot.log_data().iter().map(listed).collect())
    }

    /// Commits to the table: all of it or nothing.
    pub(crate) fn commit(
        &mut self,
        actions: Vec<Action>,
        transactions: Vec<Transaction>,
        operation: DeltaOperation,
    ) -> Result<(), StoreError> {
        let failed = |error: DeltaTableError| StoreError::at(&self.folder, "written", &error);
        let properties = CommitProperties::default().with_application_transactions(transactions);
        let log = &self.log;
        let done = wait(async {
            let commit = CommitBuilder::from(properties).with_actions(actions);
            commit.build(Some(log.snapshot()?), log.log_store(), operation).await
        });
        let done = done.map_err(failed)?;
        self.log.state = Some(done.snapshot());
        self.sync(done.version())
    }

    /// Makes a commit last.
    fn sync(&self, version: u64) -> Result<(), StoreError> {
        let folder = self.folder.join("_delta_log");
        let path = folder.join(format!("{version:020}.json"));
        let synced = std::fs::File::open(&path).and_then(|file| file.sync_all());
        synced.map_err(|error| StoreError::at(&path, "written", &error))?;
        sync_folder(&folder)
    }
}

/// Why a table cannot lie somewhere.
const NO_PLACE: &str =
    "the path holds a control character, a backslash or `%` with two digits, where no Delta table can lie";

fn location(folder: &Path) -> Result<Url, StoreError> {
    let absolute = std::path::absolute(folder).ok().filter(|folder| {
        let text = folder.to_string_lossy();
        // The log's reader decodes `%41` once too often, and takes `\\` for `/` everywhere.
        let encoded = |rest: &str| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
        let strange = |c: char| c.is_control() || (cfg!(unix) && c == '\\');
        !text.contains(strange) && !text.split('%').skip(1).any(encoded)
    });
    let url = absolute.and_then(|folder| Url::from_directory_path(folder).ok());
    url.ok_or_else(|| StoreError::at(folder, "used", &NO_PLACE))
}

/// Rows were added.
pub(crate) fn appended() -> DeltaOperation {
    DeltaOperation::Write {
        mode: SaveMode::Append,
        partition_by: Some(vec![DAY.to_owned()]),
        predicate: None,
    }
}

/// The action that names a file.
pub(crate) fn add(path: String, day: Option<String>, bytes: u64, modified: i64, statistics: String) -> Add {
    Add {
        path,
        partition_values: HashMap::from([(DAY.to_owned(), day)]),
        size: i64::try_from(bytes).unwrap_or(i64::MAX),
        modification_time: modified,
        data_change: true,
        stats: Some(statistics),
        tags: None,
        deletion_vector: None,
        base_row_id: None,
        default_row_commit_version: None,
        clustering_provider: None,
    }
}

/// Statistics of a file as Delta writes them: rows, and what its column of time spans, in microseconds since 1970.
pub(crate) fn statistics_text(rows: u64, column: &str, times: Option<(i64, i64)>, absent: u64) -> String {
    let mut statistics = serde_json::json!({ "numRecords": rows, "nullCount": { column: absent } });
    let text = |micros: i64| {
        Some(DateTime::from_timestamp_micros(micros)?.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string())
    };
    if let Some((Some(least), Some(greatest))) = times.map(|(least, greatest)| (text(least), text(greatest)))
    {
        statistics["minValues"] = serde_json::json!({ column: least });
        statistics["maxValues"] = serde_json::json!({ column: greatest });
    }
    statistics.to_string()
}

/// Rows, and the span of TimeGenerated in ticks when every row has one.
fn statistics_from_text(text: &str) -> (u64, Option<(i64, i64)>) {
    let statistics: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let micros = |which: &str| {
        let text = statistics.get(which)?.get("TimeGenerated")?.as_str()?;
        Some(DateTime::parse_from_rfc3339(text).ok()?.timestamp_micros())
    };
    let none_absent = statistics["nullCount"]["TimeGenerated"].as_u64() == Some(0);
    let least = micros("minValues").map(ticks_of);
    // The tenth of a microsecond is not told.
    let greatest = micros("maxValues").map(|micros| ticks_of(micros).saturating_add(9));
    (statistics["numRecords"].as_u64().unwrap_or_default(), least.zip(greatest).filter(|_| none_absent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statistics_are_read_as_written() {
        for (ticks, digits) in [(0, 9), (3_155_378_975_999_999_990, 9), (638_000_000_000_000_000, 9)] {
            let micros = crate::layout::micros_of(ticks);
            let text = statistics_text(3, "TimeGenerated", Some((micros, micros)), 0);
            assert_eq!(statistics_from_text(&text), (3, Some((ticks, ticks + digits))), "{text}");
        }
        let absent = statistics_text(3, "TimeGenerated", Some((0, 1)), 1);
        assert_eq!(statistics_from_text(&absent), (3, None));
        assert_eq!(statistics_from_text("broken"), (0, None));
    }
}
