//! Window functions: all rows in order, then each function once over all of them, or over each partition.

use super::node::WindowFunction;
use super::rows::{Setting, Step};
use crate::error::{evaluation, refused};
use crate::held::without_nulls;
use arrow::array::{RecordBatchOptions, UInt64Array};
use arrow::compute::{concat_batches, take_record_batch};
use arrow::record_batch::RecordBatch;
use arrow::row::{Row, RowConverter, SortField};
use calypso_library::Type;
use calypso_library::call::{Argument, Call};
use datafusion::error::Result;
use datafusion::logical_expr::ColumnarValue;
use datafusion::physical_plan::PhysicalExpr;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Collects, then evaluates.
pub(super) struct WholeWindow {
    setting: Setting,
    functions: Vec<WindowFunction>,
    batches: Vec<RecordBatch>,
}

impl WholeWindow {
    /// The setting's expressions are those of the partition, then the arguments of all functions, one function after
    /// another.
    pub fn new(setting: Setting, functions: Vec<WindowFunction>) -> WholeWindow {
        WholeWindow { setting, functions, batches: Vec::new() }
    }
}

impl Step for WholeWindow {
    fn push(&mut self, batch: RecordBatch) -> Result<Vec<RecordBatch>> {
        self.setting.kept.add(&batch)?;
        self.batches.push(batch);
        Ok(Vec::new())
    }

    fn finish(&mut self) -> Result<Vec<RecordBatch>> {
        let batches = std::mem::take(&mut self.batches);
        let whole = concat_batches(&self.setting.input, &batches)?;
        drop(batches);
        self.setting.kept.add(&whole)?;
        let parts = self.parts(whole)?;
        let added = parts.iter().map(|part| self.evaluate(part)).collect::<Result<Vec<_>>>()?;
        let batch = concat_batches(&self.setting.schema, &added)?;
        let (rows, size) = (batch.num_rows(), self.setting.batch_size.max(1));
        Ok((0..rows).step_by(size).map(|at| batch.slice(at, size.min(rows - at))).collect())
    }
}

impl WholeWindow {
    /// The expressions before the arguments of the functions.
    fn partition(&self) -> &[Arc<dyn PhysicalExpr>] {
        let arguments: usize = self.functions.iter().map(|window| window.arguments.len()).sum();
        &self.setting.expressions[..self.setting.expressions.len().saturating_sub(arguments)]
    }

    /// What the functions see: the rows of each partition in their order, the partitions as they first appear.
    fn parts(&self, whole: RecordBatch) -> Result<Vec<RecordBatch>> {
        let partition = self.partition();
        if partition.is_empty() || whole.num_rows() == 0 {
            return Ok(vec![whole]);
        }
        let keys = partition.iter().map(|expr| expr.evaluate(&whole)?.into_array(whole.num_rows()));
        let keys = keys.collect::<Result<Vec<_>>>()?;
        let fields = keys.iter().map(|key| SortField::new(key.data_type().clone())).collect();
        let keys = RowConverter::new(fields)?.convert_columns(&keys)?;
        let mut places: FxHashMap<Row, usize> = FxHashMap::default();
        let mut parts: Vec<Vec<u64>> = Vec::new();
        for (row, key) in (0..).zip(keys.iter()) {
            let place = *places.entry(key).or_insert(parts.len());
            if place == parts.len() {
                parts.push(Vec::new());
            }
            parts[place].push(row);
        }
        let taken = parts.into_iter().map(|rows| take_record_batch(&whole, &UInt64Array::from(rows)));
        Ok(taken.collect::<std::result::Result<_, _>>()?)
    }

    /// The rows with one column more per function.
    fn evaluate(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        let rows = batch.num_rows();
        let mut columns = batch.columns().to_vec();
        let mut expressions = self.setting.expressions[self.partition().len()..].iter();
        for window in &self.functions {
            let arguments = window.arguments.iter().map(|ty| {
                let expr = expressions.next().ok_or_else(|| refused("a window call lacks an argument"))?;
                argument(*ty, expr.evaluate(batch)?)
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
        Ok(RecordBatch::try_new_with_options(Arc::clone(&self.setting.schema), columns, &options)?)
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
