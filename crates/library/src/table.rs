//! A named table held in memory, as sources hand it to the engine.

use crate::types::Column;
use arrow::record_batch::RecordBatch;

/// Rows with KQL types. Each column is held as `Type::arrow` says; strings have no nulls.
#[derive(Clone, Debug)]
pub struct Table {
    /// The name queries use.
    pub name: String,
    /// Columns in the order `getschema` shows them.
    pub columns: Vec<Column>,
    /// The rows.
    pub batches: Vec<RecordBatch>,
}
