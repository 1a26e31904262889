//! Reads files part by part, for who keeps rows elsewhere than in memory: nothing is collected, no Id is remembered.

use crate::open::{OpenError, OpenOptions};
use crate::paths::{self, Input};
use crate::reader::Reader;
use crate::record::{AUDIT_TABLE, DELIVERY_TABLE, PROVISIONING_TABLE};
use crate::summary::Summary;
use arrow::record_batch::RecordBatch;
use std::path::{Path, PathBuf};

/// A file to be read.
#[derive(Clone, Debug)]
pub struct LogFile(Input);

impl LogFile {
    /// Where it lies; `None` for standard input.
    pub fn path(&self) -> Option<&Path> {
        self.0.source.path()
    }

    /// The file as messages name it.
    pub fn label(&self) -> &str {
        &self.0.label
    }
}

/// A stretch of a file.
#[derive(Clone, Debug)]
pub struct Part {
    /// Rows with the columns of `provisioning_columns`, as they come; an Id may stand in several.
    pub provisioning: Vec<RecordBatch>,
    /// Rows with the columns of `delivery_columns`: one for each row of `provisioning`, in the same order.
    pub delivery: Vec<RecordBatch>,
    /// Rows with the columns of `audit_columns`.
    pub audit: Vec<RecordBatch>,
    /// What a side file tells of deliveries of rows that lie elsewhere: the columns of `delivery_columns`, File empty.
    pub told: Vec<RecordBatch>,
    /// Bytes of the file that need not be read again once this part and those before it are kept.
    pub end: u64,
    /// What reading it did.
    pub summary: Summary,
}

/// How files are read in parts.
#[derive(Clone, Debug)]
pub struct PartOptions {
    /// As for `open`; `table_name` and `keep_parquet` do not count.
    pub open: OpenOptions,
    /// Threads that parse.
    pub threads: usize,
    /// Bytes of text in a part, about.
    pub part_bytes: usize,
}

/// The files of all paths, those first that tell most of each event.
///
/// # Errors
/// A path that names nothing.
pub fn files(paths: &[PathBuf]) -> Result<Vec<LogFile>, OpenError> {
    Ok(paths::expand(paths)?.into_iter().map(LogFile).collect())
}

/// Reads a file from a byte on, which an earlier part's `end` named; 0 for the whole.
///
/// # Errors
/// A named file that cannot be read or holds no logs; with `strict`, its first broken line; what `take` gives.
pub fn read<E: From<OpenError>>(
    file: &LogFile,
    _from: u64,
    options: &PartOptions,
    take: &mut dyn FnMut(Part) -> Result<(), E>,
) -> Result<(), E> {
    let mut reader = Reader::new(&options.open);
    reader.read_all(vec![file.0.clone()])?;
    let opened = reader.finish()?;
    let rows = |name: &str| {
        let table = opened.tables.iter().find(|table| table.name == name);
        table.map(|table| table.batches.clone()).unwrap_or_default()
    };
    let size = file.path().and_then(|path| std::fs::metadata(path).ok()).map_or(0, |file| file.len());
    take(Part {
        provisioning: rows(PROVISIONING_TABLE),
        delivery: rows(DELIVERY_TABLE),
        audit: rows(AUDIT_TABLE),
        told: Vec::new(),
        end: size,
        summary: opened.summary.clone(),
    })
}
