//! Rows given in the query: `datatable`, `print`.

use super::expression::constant;
use super::{Context, table};
use arrow::array::RecordBatchOptions;
use arrow::datatypes::{Field, Schema};
use arrow::record_batch::RecordBatch;
use calypso_library::Value;
use calypso_planner::plan::{Expr, Plan};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::LogicalPlan;
use std::sync::Arc;

/// Evaluates every cell; each volatile call gives a value of its own.
pub(super) fn values(plan: &Plan, rows: &[Vec<Expr>], context: &Context) -> Result<LogicalPlan> {
    let mut columns: Vec<Vec<Value>> = plan.columns.iter().map(|_| Vec::with_capacity(rows.len())).collect();
    for row in rows {
        for (cells, expr) in columns.iter_mut().zip(row) {
            cells.push(constant(expr, context)?);
        }
    }
    let fields =
        plan.columns.iter().map(|column| Field::new(super::name_of(column.id), column.ty.arrow(), true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let arrays = plan.columns.iter().zip(columns).map(|(column, cells)| Value::to_array(column.ty, cells));
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    let batch = RecordBatch::try_new_with_options(schema, arrays.collect(), &options);
    table::held(&plan.columns, &[batch.map_err(DataFusionError::from)?])
}
