//! `mv-expand`: one row per element, side by side; batch by batch.

use super::node::Expand;
use super::rows::{Setting, Step};
use super::window::argument;
use arrow::array::{ArrayRef, UInt32Array};
use arrow::compute::take_arrays;
use arrow::record_batch::RecordBatch;
use calypso_library::expand::expand;
use datafusion::error::Result;
use std::sync::Arc;

/// Expands.
pub(super) struct ExpandElements {
    setting: Setting,
    how: Expand,
}

impl ExpandElements {
    /// The setting's expressions are the dynamics.
    pub fn new(setting: Setting, how: Expand) -> ExpandElements {
        ExpandElements { setting, how }
    }

    fn expand(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let how = &self.how;
        let sources = self.setting.expressions.iter().zip(&how.from);
        let sources = sources.map(|(expr, ty)| argument(*ty, expr.evaluate(batch)?));
        let sources = sources.collect::<Result<Vec<_>>>()?;
        let expanded = expand(&sources, &how.to, batch.num_rows(), how.bags_as_arrays, how.limit);
        let rows = UInt32Array::from_iter_values(expanded.rows.iter().map(|row| *row as u32));
        let mut columns = take_arrays(batch.columns(), &rows, None)?;
        columns.extend(expanded.columns);
        if how.item_index {
            columns.push(Arc::new(expanded.item_index) as ArrayRef);
        }
        Ok(RecordBatch::try_new(Arc::clone(&self.setting.schema), columns)?)
    }
}

impl Step for ExpandElements {
    fn push(&mut self, batch: RecordBatch) -> Result<Vec<RecordBatch>> {
        Ok(vec![self.expand(&batch)?])
    }
}
