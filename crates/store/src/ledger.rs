//! What the log says of what has been imported: the newest `txn` action of each application.
//!
//! A blob is an application, its version the bytes of it that are in the store. The crate asks for one application at a
//! time and replays the log for each, so the log is read here: the newest checkpoint, then the commits after it.

use crate::delta::log_folder;
use crate::error::StoreError;
use crate::layout::LogTable;
use arrow::array::{Array, AsArray};
use arrow::datatypes::Int64Type;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The application that numbers the imports.
pub(crate) const SEQUENCE: &str = "calypso";

/// The newest version of each application of a table.
pub(crate) fn transactions(store: &Path, table: LogTable) -> Result<HashMap<String, i64>, StoreError> {
    let folder = log_folder(store, table);
    let mut known = HashMap::new();
    let (checkpoints, commits) = logged(&folder)?;
    let newest = checkpoints.last_key_value();
    for path in newest.map(|(_, parts)| parts.as_slice()).unwrap_or_default() {
        from_checkpoint(path, &mut known).map_err(|error| StoreError::at(path, "read", &error))?;
    }
    let after = newest.map_or(0, |(version, _)| version + 1);
    for path in commits.range(after..).map(|(_, path)| path) {
        let text = std::fs::read_to_string(path).map_err(|error| StoreError::at(path, "read", &error))?;
        for line in text.lines().filter(|line| line.contains("\"txn\"")) {
            let action: serde_json::Value =
                serde_json::from_str(line).map_err(|error| StoreError::at(path, "read", &error))?;
            let application = action["txn"]["appId"].as_str().map(str::to_owned);
            if let Some((application, version)) = application.zip(action["txn"]["version"].as_i64()) {
                known.insert(application, version);
            }
        }
    }
    Ok(known)
}

type Checkpoints = BTreeMap<u64, Vec<PathBuf>>;
type Commits = BTreeMap<u64, PathBuf>;

/// The checkpoints and commits of a log by version.
fn logged(folder: &Path) -> Result<(Checkpoints, Commits), StoreError> {
    let (mut checkpoints, mut commits) = (Checkpoints::new(), Commits::new());
    if !folder.is_dir() {
        return Ok((checkpoints, commits));
    }
    let failed = |error: std::io::Error| StoreError::at(folder, "read", &error);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some((version, rest)) = name.split_once('.') else { continue };
        let Ok(version) = version.parse::<u64>() else { continue };
        if rest == "json" {
            commits.insert(version, path);
        } else if rest.starts_with("checkpoint.") && rest.ends_with("parquet") {
            checkpoints.entry(version).or_default().push(path);
        }
    }
    Ok((checkpoints, commits))
}

/// The newest version of a table's log; a number that changes with every commit.
pub(crate) fn newest_version(store: &Path, table: LogTable) -> Option<u64> {
    let (_, commits) = logged(&log_folder(store, table)).ok()?;
    commits.last_key_value().map(|(version, _)| *version)
}

fn from_checkpoint(path: &Path, known: &mut HashMap<String, i64>) -> Result<(), Box<dyn std::error::Error>> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?;
    let columns = reader.parquet_schema();
    let wanted = (0..columns.num_columns()).filter(|&column| {
        ["txn.appId", "txn.version"].contains(&columns.column(column).path().string().as_str())
    });
    let mask = ProjectionMask::leaves(columns, wanted.collect::<Vec<_>>());
    for batch in reader.with_projection(mask).build()? {
        let batch = batch?;
        let Some(entries) = batch.column_by_name("txn").and_then(|column| column.as_struct_opt()) else {
            continue;
        };
        let (Some(applications), Some(versions)) =
            (entries.column_by_name("appId"), entries.column_by_name("version"))
        else {
            continue;
        };
        let applications = arrow::compute::cast(applications, &arrow::datatypes::DataType::Utf8View)?;
        let versions = versions.as_primitive_opt::<Int64Type>().ok_or("a version is no number")?;
        for (row, application) in applications.as_string_view().iter().enumerate() {
            if let Some(application) = application.filter(|_| entries.is_valid(row) && versions.is_valid(row))
            {
                known.insert(application.to_owned(), versions.value(row));
            }
        }
    }
    Ok(())
}
