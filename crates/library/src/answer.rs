//! What a query answers: a table, with the wish to be drawn where `render` was used.

use crate::types::Column;
use arrow::record_batch::RecordBatch;

/// One result table.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What it is called, where a query names its answers: a branch of `fork`, `as X` at the end.
    pub name: Option<String>,
    /// Names and types; names may be any text.
    pub columns: Vec<Column>,
    /// The rows, each column held as `Type::arrow` says, in the order of `columns`.
    pub batches: Vec<RecordBatch>,
    /// Set by `render`.
    pub visualization: Option<Visualization>,
}

impl Answer {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

/// The wish of `render` to be drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Visualization {
    /// `table`, `timechart`, `barchart` …, as written.
    pub kind: String,
    /// `title`, `xcolumn`, `ycolumns`, `series`, `kind` …, in the order written.
    pub properties: Vec<(String, String)>,
}
