//! The tables an engine knows: in memory, loaded at first use, or Parquet files.

use crate::error::EngineError;
use crate::files::ParquetFiles;
use crate::held::held_as;
use crate::host::Host;
use arrow::array::RecordBatchOptions;
use arrow::datatypes::{Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use calypso_library::{Column, Table};
use calypso_planner::catalog::StoredFunction;
use datafusion::datasource::MemTable;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock, RwLock};

/// Gives the rows of a table at its first use.
pub(crate) type Load = Box<dyn Fn() -> Result<Table, String> + Send + Sync>;

/// Lists the files of a table.
pub type ListFiles = Box<dyn Fn() -> Result<Vec<TableFile>, String> + Send + Sync>;

/// A Parquet file of a table, with what is known of it before it is opened.
#[derive(Clone, Debug)]
pub struct TableFile {
    /// Where it lies.
    pub path: PathBuf,
    /// Its rows.
    pub rows: Option<u64>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// Least and greatest `TimeGenerated` in it, ticks, both included; `None` also when some row has none.
    pub times: Option<(i64, i64)>,
}

impl TableFile {
    /// A file of which only the place is known.
    pub fn unknown(path: PathBuf) -> TableFile {
        TableFile { path, rows: None, bytes: None, times: None }
    }
}

/// Rows held in memory under the columns' own names.
#[derive(Debug)]
pub(crate) struct MemoryTable {
    /// What DataFusion scans.
    pub provider: Arc<MemTable>,
    /// Number of rows.
    pub rows: usize,
}

/// Where the rows of a table are.
pub(crate) enum Source {
    /// In memory, or why they cannot be.
    Memory(Result<MemoryTable, String>),
    /// Those of another entry under another name.
    Same(Arc<Entry>),
    /// Not read yet, or read.
    Lazy { load: Load, loaded: OnceLock<Result<MemoryTable, String>> },
    /// In Parquet files, whose footers are not read yet, or read.
    Parquet { list: ListFiles, opened: OnceLock<Result<Arc<ParquetFiles>, String>> },
}

/// A table of the catalog.
pub(crate) struct Entry {
    /// Its name; case matters.
    pub name: String,
    /// Its columns in order.
    pub columns: Vec<Column>,
    /// Its rows.
    pub source: Source,
}

impl Entry {
    /// The rows, when held or loadable into memory; `None` for files.
    pub fn memory(&self) -> Option<Result<&MemoryTable, EngineError>> {
        let held = match &self.source {
            Source::Same(entry) => return entry.memory(),
            Source::Memory(held) => held,
            Source::Lazy { load, loaded } => loaded.get_or_init(|| self.load(load)),
            Source::Parquet { .. } => return None,
        };
        Some(held.as_ref().map_err(|sentence| EngineError::Execution(sentence.clone())))
    }

    /// The files, when the rows are in files.
    pub fn files(&self) -> Option<Result<Arc<ParquetFiles>, EngineError>> {
        let (list, opened) = match &self.source {
            Source::Same(entry) => return entry.files(),
            Source::Parquet { list, opened } => (list, opened),
            Source::Memory(_) | Source::Lazy { .. } => return None,
        };
        let files = opened.get_or_init(|| ParquetFiles::open(&self.columns, &list()?).map(Arc::new));
        Some(files.clone().map_err(EngineError::Execution))
    }

    /// The same rows under another name.
    fn renamed(entry: &Arc<Entry>, name: String) -> Entry {
        Entry { name, columns: entry.columns.clone(), source: Source::Same(Arc::clone(entry)) }
    }

    /// Rows; none when they cannot be read.
    pub fn known_rows(&self) -> usize {
        let held = self.memory().map(|table| table.map_or(0, |table| table.rows));
        held.or_else(|| Some(self.files()?.map_or(0, |files| files.rows))).unwrap_or(0)
    }

    fn load(&self, load: &Load) -> Result<MemoryTable, String> {
        let table = load()?;
        if table.columns != self.columns {
            return Err(format!("the table {} was loaded with other columns than announced", self.name));
        }
        hold(&table)
    }
}

/// All tables and stored functions of an engine.
#[derive(Default)]
pub(crate) struct Tables {
    entries: RwLock<Vec<Arc<Entry>>>,
    functions: RwLock<BTreeMap<String, StoredFunction>>,
    host: RwLock<Option<Arc<dyn Host>>>,
}

impl Tables {
    /// The same tables and functions under a roof of their own, without who reads and writes files.
    pub fn copied(&self) -> Tables {
        let functions = self.functions.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Tables {
            entries: RwLock::new(self.all()),
            functions: RwLock::new(functions.clone()),
            host: RwLock::default(),
        }
    }

    /// Adds a table, or replaces the one of that name at its place.
    pub fn put(&self, entry: Entry) {
        let mut entries = self.entries.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let entry = Arc::new(entry);
        match entries.iter_mut().find(|known| known.name == entry.name) {
            Some(known) => *known = entry,
            None => entries.push(entry),
        }
    }

    /// The table of that name.
    pub fn get(&self, name: &str) -> Option<Arc<Entry>> {
        let entries = self.entries.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        entries.iter().find(|entry| entry.name == name).cloned()
    }

    /// All tables, in the order they were created.
    pub fn all(&self) -> Vec<Arc<Entry>> {
        self.entries.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Takes a table away.
    pub fn remove(&self, name: &str) -> Option<Arc<Entry>> {
        let mut entries = self.entries.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let at = entries.iter().position(|entry| entry.name == name)?;
        Some(entries.remove(at))
    }

    /// Gives tables other names, all at once.
    pub fn rename(&self, pairs: &[(String, String)]) {
        let mut entries = self.entries.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let renamed = entries.iter().map(|entry| {
            let new = pairs.iter().find(|(old, _)| *old == entry.name).map(|(_, new)| new.clone());
            new.map_or_else(|| Arc::clone(entry), |name| Arc::new(Entry::renamed(entry, name)))
        });
        *entries = renamed.collect();
    }

    /// Stores a function, or replaces the one of its name.
    pub fn put_function(&self, function: StoredFunction) {
        let mut functions = self.functions.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        functions.insert(function.name.clone(), function);
    }

    /// Takes a function away.
    pub fn remove_function(&self, name: &str) {
        self.functions.write().unwrap_or_else(std::sync::PoisonError::into_inner).remove(name);
    }

    /// A stored function.
    pub fn function(&self, name: &str) -> Option<StoredFunction> {
        self.functions.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(name).cloned()
    }

    /// All stored functions by name.
    pub fn functions(&self) -> Vec<StoredFunction> {
        let functions = self.functions.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        functions.values().cloned().collect()
    }

    /// Who reads and writes files.
    pub fn host(&self) -> Option<Arc<dyn Host>> {
        self.host.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Names who reads and writes files.
    pub fn set_host(&self, host: Arc<dyn Host>) {
        *self.host.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(host);
    }
}

/// The Arrow schema of columns, each held as `Type::arrow` says.
pub(crate) fn schema_of(columns: &[Column]) -> SchemaRef {
    let fields = columns.iter().map(|column| Field::new(&column.name, column.ty.arrow(), true));
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// The same columns under the names of a schema of equal types.
pub(crate) fn renamed(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(Arc::clone(schema), batch.columns().to_vec(), &options)
}

/// Rows per batch of a table in memory: long enough for repeated text to repeat, short enough to share among cores.
const BATCH_ROWS: usize = 8192;

/// Brings a table into the form the engine scans: cut into batches, each column as `Type::arrow` says, no string null.
/// Batches that have that form already are not copied.
pub(crate) fn hold(table: &Table) -> Result<MemoryTable, String> {
    let schema = schema_of(&table.columns);
    let mut batches = Vec::new();
    let mut rows = 0;
    for batch in &table.batches {
        if batch.num_columns() != table.columns.len() {
            return Err(format!(
                "the table {} has {} columns, but a batch of it has {}",
                table.name,
                table.columns.len(),
                batch.num_columns()
            ));
        }
        rows += batch.num_rows();
        let columns = table.columns.iter().zip(batch.columns());
        let arrays = columns.map(|(column, array)| {
            held_as(column.ty, array)
                .map_err(|error| format!("the column {} cannot be held: {error}", column.name))
        });
        let arrays = arrays.collect::<Result<Vec<_>, _>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let whole = RecordBatch::try_new_with_options(Arc::clone(&schema), arrays, &options)
            .map_err(|error| format!("the table {} cannot be held: {error}", table.name))?;
        let starts = (0..whole.num_rows()).step_by(BATCH_ROWS);
        batches.extend(starts.map(|at| whole.slice(at, BATCH_ROWS.min(whole.num_rows() - at))));
    }
    let provider = MemTable::try_new(schema, vec![batches])
        .map_err(|error| format!("the table {} cannot be held: {error}", table.name))?;
    Ok(MemoryTable { provider: Arc::new(provider), rows })
}
