//! What an engine asks of whoever runs it: files. In: what a query or command names. Out: rows, or why there are none.

use arrow::record_batch::RecordBatch;
use calypso_library::{Answer, Column};
use calypso_planner::catalog::StoredFunction;
use calypso_planner::plan::External;

/// Why files cannot be read or written where nobody reads or writes them.
pub(crate) const NO_HOST: &str = "no files can be read or written here";

/// Reads and writes files for an engine.
pub trait Host: Send + Sync {
    /// The rows of files, each column as `Type::arrow` says. The error is a plain sentence.
    fn read(&self, source: &External, columns: &[Column]) -> Result<Vec<RecordBatch>, String>;

    /// The rows of a text, written as a format says.
    fn read_text(
        &self,
        text: &str,
        format: &str,
        skip_first: bool,
        columns: &[Column],
    ) -> Result<Vec<RecordBatch>, String>;

    /// Writes an answer to a file, or leaves what was there.
    fn write(&self, answer: &Answer, target: &Target) -> Result<Written, String>;

    /// Keeps the stored functions, which are these from now on.
    fn keep(&self, functions: &[StoredFunction]) -> Result<(), String>;
}

/// Where an answer is written to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The path as it was given.
    pub path: String,
    /// `csv`, `tsv`, `json`, `parquet`.
    pub format: String,
    /// Whether the names of the columns come first.
    pub headers: bool,
}

/// What was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// The path.
    pub path: String,
    /// The size of the file.
    pub bytes: u64,
}
