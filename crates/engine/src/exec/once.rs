//! Whole expressions once per distinct text. An expression that reads one column of text and calls functions, such as
//! `tostring(parse_json(SourceSystem).Name) == "x"`, is evaluated for the distinct texts of a batch and spread out once,
//! instead of call by call. In: a physical plan before its filters are pushed down. Out: the same with such expressions
//! marked.

use crate::optimization::{Optimization, Optimizations};
use crate::udf::{HELD, distinct};
use arrow::array::{AsArray, UInt32Array};
use arrow::compute::take;
use arrow::datatypes::{DataType, FieldRef, Schema};
use arrow::record_batch::RecordBatch;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::config::ConfigOptions;
use datafusion::error::Result;
use datafusion::logical_expr::ColumnarValue;
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::utils::{collect_columns, conjunction, split_conjunction};
use datafusion::physical_expr::{PhysicalExpr, ScalarFunctionExpr};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::filter::{FilterExec, FilterExecBuilder};
use datafusion::physical_plan::projection::{ProjectionExec, ProjectionExpr};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Marks the expressions of filters and projections.
#[derive(Debug)]
pub(crate) struct OnceRule;

impl PhysicalOptimizerRule for OnceRule {
    fn optimize(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        config: &ConfigOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        if !Optimizations::of(config).has(Optimization::WholeOncePerText) {
            return Ok(plan);
        }
        Ok(plan.transform_up(marked_plan)?.data)
    }

    fn name(&self) -> &str {
        "once_per_text"
    }

    fn schema_check(&self) -> bool {
        true
    }
}

fn marked_plan(plan: Arc<dyn ExecutionPlan>) -> Result<Transformed<Arc<dyn ExecutionPlan>>> {
    if let Some(filter) = plan.downcast_ref::<FilterExec>() {
        // Each condition by itself, since a file's reader looks into plain ones.
        let schema = filter.input().schema();
        let conditions = split_conjunction(filter.predicate());
        let marked = conditions.into_iter().map(|one| marked(one, &schema)).collect::<Result<Vec<_>>>()?;
        let filter = FilterExecBuilder::from(filter).with_predicate(conjunction(marked)).build()?;
        return Ok(Transformed::yes(Arc::new(filter)));
    }
    if let Some(projection) = plan.downcast_ref::<ProjectionExec>() {
        let schema = projection.input().schema();
        let columns = projection
            .expr()
            .iter()
            .map(|one| Ok(ProjectionExpr { expr: marked(&one.expr, &schema)?, alias: one.alias.clone() }));
        let columns = columns.collect::<Result<Vec<_>>>()?;
        let projection = ProjectionExec::try_new(columns, Arc::clone(projection.input()))?;
        return Ok(Transformed::yes(Arc::new(projection)));
    }
    Ok(Transformed::no(plan))
}

/// The expression with its greatest parts marked that read one column of text.
fn marked(expr: &Arc<dyn PhysicalExpr>, schema: &Schema) -> Result<Arc<dyn PhysicalExpr>> {
    let columns = collect_columns(expr);
    if columns.is_empty() || !calls(expr)? {
        return Ok(Arc::clone(expr));
    }
    if columns.len() == 1
        && columns.iter().all(|column| is_text(column, schema))
        && is_steady(expr)?
        && let Some(once) = OncePerText::new(expr)?
    {
        return Ok(Arc::new(once));
    }
    let children = expr.children().into_iter().map(|child| marked(child, schema));
    let children = children.collect::<Result<Vec<_>>>()?;
    Arc::clone(expr).with_new_children(children)
}

fn is_text(column: &Column, schema: &Schema) -> bool {
    schema.fields().get(column.index()).is_some_and(|field| field.data_type() == &DataType::Utf8View)
}

/// Whether a function is called that does more than hold a column of a file.
fn calls(expr: &Arc<dyn PhysicalExpr>) -> Result<bool> {
    any(expr, |part| part.downcast_ref::<ScalarFunctionExpr>().is_some_and(|call| call.name() != HELD))
}

/// Whether equal texts always give equal values.
fn is_steady(expr: &Arc<dyn PhysicalExpr>) -> Result<bool> {
    Ok(!any(expr, |part| part.is_volatile_node() || part.snapshot_generation() != 0)?)
}

fn any(expr: &Arc<dyn PhysicalExpr>, test: impl Fn(&Arc<dyn PhysicalExpr>) -> bool) -> Result<bool> {
    let mut found = false;
    expr.apply(|part| {
        found |= test(part);
        Ok(if found { TreeNodeRecursion::Stop } else { TreeNodeRecursion::Continue })
    })?;
    Ok(found)
}

/// An expression over one column of text.
#[derive(Debug)]
struct OncePerText {
    inner: Arc<dyn PhysicalExpr>,
    column: Column,
    /// The same where that column is the only one.
    alone: Arc<dyn PhysicalExpr>,
}

impl OncePerText {
    /// `None` when the expression reads another number of columns.
    fn new(inner: &Arc<dyn PhysicalExpr>) -> Result<Option<OncePerText>> {
        let columns = collect_columns(inner);
        let mut columns = columns.into_iter();
        let (Some(column), None) = (columns.next(), columns.next()) else { return Ok(None) };
        let alone = Arc::clone(inner).transform_up(|part| {
            Ok(match part.downcast_ref::<Column>() {
                Some(column) => Transformed::yes(Arc::new(Column::new(column.name(), 0)) as _),
                None => Transformed::no(part),
            })
        })?;
        Ok(Some(OncePerText { inner: Arc::clone(inner), column, alone: alone.data }))
    }
}

impl PartialEq for OncePerText {
    fn eq(&self, other: &OncePerText) -> bool {
        self.inner.eq(&other.inner)
    }
}

impl Eq for OncePerText {}

impl Hash for OncePerText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner.hash(state);
    }
}

impl fmt::Display for OncePerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "once({})", self.inner)
    }
}

impl PhysicalExpr for OncePerText {
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
        let index = self.column.index();
        let texts = batch.columns().get(index).filter(|array| array.as_string_view_opt().is_some());
        let Some((texts, few)) = texts.and_then(|texts| Some((texts, distinct(texts)?))) else {
            return self.inner.evaluate(batch);
        };
        let firsts = take(texts, &UInt32Array::from(few.firsts), None)?;
        let field = batch.schema().field(index).clone().with_nullable(true);
        let alone = RecordBatch::try_new(Arc::new(Schema::new(vec![field])), vec![firsts])?;
        Ok(match self.alone.evaluate(&alone)? {
            ColumnarValue::Scalar(same) => ColumnarValue::Scalar(same),
            ColumnarValue::Array(values) => {
                ColumnarValue::Array(take(&values, &UInt32Array::from(few.values), None)?)
            }
        })
    }

    fn children(&self) -> Vec<&Arc<dyn PhysicalExpr>> {
        vec![&self.inner]
    }

    /// What comes to read other columns, or none, is evaluated as it is.
    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn PhysicalExpr>>,
    ) -> Result<Arc<dyn PhysicalExpr>> {
        let inner = children.first().unwrap_or(&self.inner);
        Ok(match OncePerText::new(inner)? {
            Some(once) => Arc::new(once),
            None => Arc::clone(inner),
        })
    }

    fn fmt_sql(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt_sql(f)
    }
}
