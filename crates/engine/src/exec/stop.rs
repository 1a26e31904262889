//! Stops a cancelled query inside operators that turn few rows into many: they may work for minutes without asking
//! their inputs for anything.

use super::evaluate::EvaluateExec;
use super::pass::pass;
use crate::run::CancelToken;
use arrow::datatypes::{DataType, FieldRef, Schema};
use arrow::record_batch::RecordBatch;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::ColumnarValue;
use datafusion::physical_plan::joins::utils::JoinFilter;
use datafusion::physical_plan::joins::{HashJoinExec, HashJoinExecBuilder};
use datafusion::physical_plan::{ExecutionPlan, PhysicalExpr};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The same plan, which ends with an error soon after the token is used.
pub(crate) fn stoppable(
    plan: Arc<dyn ExecutionPlan>,
    cancel: &CancelToken,
) -> Result<Arc<dyn ExecutionPlan>> {
    let wrap = |node: Arc<dyn ExecutionPlan>| {
        let node = match node.downcast_ref::<EvaluateExec>() {
            Some(evaluate) => Arc::new(evaluate.with_cancel(cancel)) as Arc<dyn ExecutionPlan>,
            None => match node.downcast_ref::<HashJoinExec>() {
                Some(join) if join.filter().is_some() => stoppable_join(join, cancel)?,
                Some(_) | None => node,
            },
        };
        let multiplies =
            node.children().len() > 1 || node.is::<super::rows::RowsExec>() || node.is::<EvaluateExec>();
        if !multiplies {
            return Ok(Transformed::no(node));
        }
        let cancel = cancel.clone();
        let stop = move |batch| if cancel.is_cancelled() { Err(cancelled()) } else { Ok(batch) };
        Ok(Transformed::yes(pass("StopExec", node, stop)))
    };
    plan.transform_up(wrap).data()
}

/// A join that keeps few of the rows it makes gives no batch to stop at: its condition stops it.
fn stoppable_join(join: &HashJoinExec, cancel: &CancelToken) -> Result<Arc<dyn ExecutionPlan>> {
    let filter = join.filter().map(|filter| {
        let inner = Arc::clone(filter.expression());
        let stop = Arc::new(StopExpr { inner, cancel: cancel.clone() });
        JoinFilter::new(stop, filter.column_indices().to_vec(), Arc::clone(filter.schema()))
    });
    Ok(Arc::new(HashJoinExecBuilder::from(join).with_filter(filter).build()?))
}

/// A condition until the query is cancelled.
#[derive(Debug)]
struct StopExpr {
    inner: Arc<dyn PhysicalExpr>,
    cancel: CancelToken,
}

impl PartialEq for StopExpr {
    fn eq(&self, other: &StopExpr) -> bool {
        self.inner.eq(&other.inner)
    }
}

impl Eq for StopExpr {}

impl Hash for StopExpr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner.hash(state);
    }
}

impl fmt::Display for StopExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.inner)
    }
}

impl PhysicalExpr for StopExpr {
    fn data_type(&self, schema: &Schema) -> Result<DataType> {
        self.inner.data_type(schema)
    }

    fn nullable(&self, schema: &Schema) -> Result<bool> {
        self.inner.nullable(schema)
    }

    fn return_field(&self, schema: &Schema) -> Result<FieldRef> {
        self.inner.return_field(schema)
    }

    fn evaluate(&self, batch: &RecordBatch) -> Result<ColumnarValue> {
        match self.cancel.is_cancelled() {
            true => Err(cancelled()),
            false => self.inner.evaluate(batch),
        }
    }

    fn children(&self) -> Vec<&Arc<dyn PhysicalExpr>> {
        vec![&self.inner]
    }

    fn with_new_children(
        self: Arc<Self>,
        mut children: Vec<Arc<dyn PhysicalExpr>>,
    ) -> Result<Arc<dyn PhysicalExpr>> {
        Ok(Arc::new(StopExpr { inner: children.swap_remove(0), cancel: self.cancel.clone() }))
    }

    fn fmt_sql(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt_sql(f)
    }
}

fn cancelled() -> DataFusionError {
    DataFusionError::Execution("cancelled".to_owned())
}
