//! Tables of the catalog, and the rows of shared plans.

use super::{Context, files, lower, name_of, project};
use crate::error::{EngineError, refused};
use crate::host::NO_HOST;
use crate::tables::{hold, renamed};
use arrow::datatypes::{Field, Schema};
use arrow::record_batch::RecordBatch;
use calypso_library::{Table, Type};
use calypso_planner::plan::{External, Plan, PlanColumn};
use datafusion::common::{Column, TableReference};
use datafusion::datasource::{MemTable, TableProvider, provider_as_source};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{Expr as Physical, LogicalPlan, LogicalPlanBuilder, lit};
use std::sync::Arc;

/// The column that the query's time range bounds.
pub(super) const TIME_COLUMN: &str = "TimeGenerated";

/// A table of the catalog with all its columns.
pub(super) fn table(plan: &Plan, name: &str, context: &Context) -> Result<LogicalPlan> {
    let entry = context.tables.get(name).ok_or_else(|| refused(format!("there is no table {name}")))?;
    let failed = |error: EngineError| refused(error.to_string());
    let scanned = match (entry.memory(), entry.files()) {
        (Some(held), _) => scan(Arc::clone(&held.map_err(failed)?.provider) as _, &plan.columns)?,
        (None, Some(files)) => files::scan(files.map_err(failed)?, &entry.columns, &plan.columns, context)?,
        (None, None) => return Err(refused(format!("the table {name} has no rows"))),
    };
    there(bounded(scanned, &plan.columns, context)?, name, &plan.columns, context)
}

/// The rows of a shared plan, by position: those held, or, where they are too many, computed here.
pub(super) fn shared(
    plan: &Plan,
    number: u32,
    inner: &Plan,
    asked: bool,
    context: &Context,
) -> Result<LogicalPlan> {
    if let Some(rows) = context.prepared.shared(number) {
        return held(&plan.columns, &rows.batches);
    }
    if asked {
        return Err(refused("a shared plan was not computed"));
    }
    let expressions: Vec<_> = inner.columns.iter().map(PlanColumn::expr).collect();
    project::project(lower(inner, context)?, &plan.columns, &expressions, context)
}

/// The rows of files, which the host reads.
pub(super) fn external(plan: &Plan, source: &External, context: &Context) -> Result<LogicalPlan> {
    let columns: Vec<_> =
        plan.columns.iter().map(|column| calypso_library::Column::new(&column.name, column.ty)).collect();
    let host = context.tables.host().ok_or_else(|| refused(NO_HOST))?;
    let batches = host.read(source, &columns).map_err(refused)?;
    let whole = hold(&Table { name: "external data".to_owned(), columns, batches }).map_err(refused)?;
    scan(whole.provider as _, &plan.columns)
}

/// Rows in memory as a plan; their columns are those of `columns` by position.
pub(super) fn held(columns: &[PlanColumn], batches: &[RecordBatch]) -> Result<LogicalPlan> {
    let fields = columns.iter().map(|column| Field::new(name_of(column.id), column.ty.arrow(), true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let batches = batches.iter().map(|batch| renamed(batch, &schema)).collect::<Result<Vec<_>, _>>();
    let batches = batches.map_err(DataFusionError::from)?;
    scan(Arc::new(MemTable::try_new(schema, vec![batches])?), columns)
}

/// Scans a provider whose columns are those of `columns` by position.
fn scan(provider: Arc<dyn TableProvider>, columns: &[PlanColumn]) -> Result<LogicalPlan> {
    // Any name does: the projection above gives every column its number's name.
    let scanned = TableReference::bare("t");
    let schema = provider.schema();
    let fields = schema.fields().iter().zip(columns);
    let renamed = fields.map(|(field, column)| {
        Physical::Column(Column::new(Some(scanned.clone()), field.name())).alias(name_of(column.id))
    });
    let renamed = renamed.collect::<Vec<_>>();
    LogicalPlanBuilder::scan(scanned, provider_as_source(provider), None)?.project(renamed)?.build()
}

/// The rows within the query's time range.
fn bounded(scanned: LogicalPlan, columns: &[PlanColumn], context: &Context) -> Result<LogicalPlan> {
    let time = columns.iter().find(|column| column.name == TIME_COLUMN && column.ty == Type::DateTime);
    let (Some(time), Some((from, to))) = (time, context.time_range) else {
        return Ok(scanned);
    };
    let time = super::column(time.id);
    let within = time.clone().gt_eq(lit(from)).and(time.lt(lit(to)));
    LogicalPlanBuilder::from(scanned).filter(within)?.build()
}

/// The rows that were there, where the query asks for these alone.
fn there(scanned: LogicalPlan, name: &str, columns: &[PlanColumn], context: &Context) -> Result<LogicalPlan> {
    match context.there.get(name).and_then(|there| super::there::condition(there, columns)) {
        Some(condition) => LogicalPlanBuilder::from(scanned).filter(condition)?.build(),
        None => Ok(scanned),
    }
}
