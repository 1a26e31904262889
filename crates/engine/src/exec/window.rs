//! Window functions: all rows in order, then each function once over all of them.

use super::node::WindowFunction;
use super::rows::{Setting, Step};
use crate::error::{evaluation, refused};
use crate::held::without_nulls;
use arrow::array::RecordBatchOptions;
use arrow::compute::concat_batches;
use arrow::record_batch::RecordBatch;
use calypso_library::Type;
use calypso_library::call::{Argument, Call};
use datafusion::error::Result;
use datafusion::logical_expr::ColumnarValue;
use std::sync::Arc;

/// Collects, then evaluates.
pub(super) struct WholeWindow {
    setting: Setting,
    functions: Vec<WindowFunction>,
    batches: Vec<RecordBatch>,
}

impl WholeWindow {
    /// The setting's expressions are the arguments of all functions, one function after another.
    pub fn new(setting: Setting, functions: Vec<WindowFunction>) -> WholeWindow {
        WholeWindow { setting, functions, batches: Vec::new() }
    }
}

impl Step for WholeWindow {
    fn push(&mut self, batch: RecordBatch) -> Result<Vec<RecordBatch>> {
        self.batches.push(batch);
        Ok(Vec::new())
    }

    fn finish(&mut self) -> Result<Vec<RecordBatch>> {
        let batch = concat_batches(&self.setting.input, &std::mem::take(&mut self.batches))?;
        let rows = batch.num_rows();
        let mut columns = batch.columns().to_vec();
        let mut expressions = self.setting.expressions.iter();
        for window in &self.functions {
            let arguments = window.arguments.iter().map(|ty| {
                let expr = expressions.next().ok_or_else(|| refused("a window call lacks an argument"))?;
                argument(*ty, expr.evaluate(&batch)?)
            });
            let arguments = arguments.collect::<Result<Vec<_>>>()?;
            let call = Call { arguments: &arguments, rows, returns: window.returns };
            let array = (window.function.evaluate)(&call).map_err(evaluation)?;
            if array.len() != rows {
                return Err(refused(format!("{} lost rows", window.function.name)));
            }
            columns.push(array);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let schema = Arc::clone(&self.setting.schema);
        let whole = RecordBatch::try_new_with_options(schema, columns, &options)?;
        let size = self.setting.batch_size.max(1);
        Ok((0..rows).step_by(size).map(|at| whole.slice(at, size.min(rows - at))).collect())
    }
}

/// What an expression gave, with its type.
pub(super) fn argument(ty: Type, value: ColumnarValue) -> Result<Argument> {
    let (array, constant) = match value {
        ColumnarValue::Scalar(scalar) => (scalar.to_array()?, true),
        ColumnarValue::Array(array) => (array, false),
    };
    let array = if ty == Type::String { without_nulls(&array) } else { array };
    Ok(Argument { ty, array, constant })
}
