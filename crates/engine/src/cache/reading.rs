//! An expression over columns of a table, evaluated over just these columns.

use arrow::array::{ArrayRef, RecordBatchOptions};
use arrow::datatypes::{Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use datafusion::error::Result;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::expressions::DynamicFilterTracking;
use datafusion::physical_expr::utils::{collect_columns, reassign_expr_columns};
use datafusion::physical_expr_common::physical_expr::is_volatile;
use std::sync::Arc;

/// An expression with the columns that it reads.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    expr: Arc<dyn PhysicalExpr>,
    schema: SchemaRef,
    /// The columns of the table, in order.
    pub columns: Vec<usize>,
    /// Whether it is a column as it is.
    is_column: bool,
    /// Whether equal values always give equal results.
    steady: bool,
}

impl Reading {
    /// Of an expression over all columns of a table.
    pub fn new(expr: &Arc<dyn PhysicalExpr>, table: &Schema) -> Result<Reading> {
        let mut columns: Vec<usize> = collect_columns(expr).iter().map(|column| column.index()).collect();
        columns.sort_unstable();
        columns.dedup();
        let schema = Arc::new(table.project(&columns)?);
        Ok(Reading {
            expr: reassign_expr_columns(Arc::clone(expr), &schema)?,
            schema,
            columns,
            is_column: expr.is::<Column>(),
            steady: !is_volatile(expr) && !is_moving(expr),
        })
    }

    /// The column, when it is the only one and rows with equal values are as good as one.
    pub fn only_column(&self) -> Option<usize> {
        match self.columns.as_slice() {
            [one] if self.steady => Some(*one),
            _ => None,
        }
    }

    /// Whether it gives its column as it is.
    pub fn is_column(&self) -> bool {
        self.is_column
    }

    /// Its values for so many rows of its columns.
    pub fn evaluate(&self, columns: Vec<ArrayRef>, rows: usize) -> Result<ArrayRef> {
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)?;
        self.expr.evaluate(&batch)?.into_array(rows)
    }
}

/// Whether a condition becomes narrower while the query runs.
pub(super) fn is_moving(expr: &Arc<dyn PhysicalExpr>) -> bool {
    DynamicFilterTracking::classify(expr).contains_dynamic_filter()
}
