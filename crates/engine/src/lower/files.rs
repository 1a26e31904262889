//! Tables in Parquet files: the columns wanted, converted, of the row groups that can hold rows wanted.

use super::expression::null;
use super::table::TIME_COLUMN;
use super::{Context, name_of};
use crate::files::ParquetFiles;
use crate::held::counts_between;
use crate::optimization::Optimization;
use crate::udf;
use arrow::datatypes::{DataType, Schema, TimeUnit};
use calypso_library::{Column, Type};
use calypso_planner::plan::PlanColumn;
use datafusion::common::{Column as Name, TableReference};
use datafusion::datasource::{TableProvider, provider_as_source};
use datafusion::error::Result;
use datafusion::logical_expr::{Expr as Physical, LogicalPlan, LogicalPlanBuilder};
use datafusion::scalar::ScalarValue;
use std::sync::Arc;

/// The table's columns under the plan's numbers.
pub(super) fn scan(
    files: Arc<ParquetFiles>,
    columns: &[Column],
    numbered: &[PlanColumn],
    context: &Context,
) -> Result<LogicalPlan> {
    let scanned = TableReference::bare("t");
    let schema = files.schema();
    let raw = |column: &Column| Physical::Column(Name::new(Some(scanned.clone()), &column.name));
    let mut rows =
        LogicalPlanBuilder::scan(scanned.clone(), provider_as_source(files as Arc<dyn TableProvider>), None)?;
    for (column, number) in columns.iter().zip(numbered) {
        let Some((low, high)) = within(number, context) else { continue };
        let Some((low, high)) = raw_bounds(&schema, column, low, high) else { continue };
        for limit in [low.map(|low| raw(column).gt_eq(low)), high.map(|high| raw(column).lt_eq(high))] {
            rows = match limit {
                Some(limit) => rows.filter(limit)?,
                None => rows,
            };
        }
    }
    let converted = columns.iter().zip(numbered).map(|(column, number)| {
        let held = match schema.field_with_name(&column.name) {
            Err(_) => Physical::Literal(null(column.ty), None),
            Ok(field) if field.data_type() == &column.ty.arrow() && column.ty != Type::String => raw(column),
            Ok(_) => udf::held(column.ty, raw(column)),
        };
        held.alias(name_of(number.id))
    });
    let converted = converted.collect::<Vec<_>>();
    rows.project(converted)?.build()
}

/// Least and greatest ticks of a column: what operators above imply, and the query's time range.
fn within(column: &PlanColumn, context: &Context) -> Option<(i64, i64)> {
    if !context.optimizations.has(Optimization::PruneByTime) {
        return None;
    }
    let implied = context.bounds.of(column.id);
    if column.name != TIME_COLUMN || column.ty != Type::DateTime {
        return implied;
    }
    match (implied, context.time_range) {
        (Some((low, high)), Some((from, to))) => Some((low.max(from), high.min(to))),
        (implied, range) => implied.or(range),
    }
}

/// The same bounds as values of the file's column.
fn raw_bounds(
    schema: &Schema,
    column: &Column,
    low: i64,
    high: i64,
) -> Option<(Option<Physical>, Option<Physical>)> {
    let field = schema.field_with_name(&column.name).ok()?;
    let (unit, zone) = match field.data_type() {
        DataType::Timestamp(unit, zone) => (*unit, zone.clone()),
        DataType::Int64 => {
            let limit = |ticks: i64| Physical::Literal(ScalarValue::Int64(Some(ticks)), None);
            return Some(((low > i64::MIN).then(|| limit(low)), (high < i64::MAX).then(|| limit(high))));
        }
        _ => return None,
    };
    let (low, high) = counts_between(unit, low, high);
    let limit = |count: i64| {
        let (count, zone) = (Some(count), zone.clone());
        let scalar = match unit {
            TimeUnit::Second => ScalarValue::TimestampSecond(count, zone),
            TimeUnit::Millisecond => ScalarValue::TimestampMillisecond(count, zone),
            TimeUnit::Microsecond => ScalarValue::TimestampMicrosecond(count, zone),
            TimeUnit::Nanosecond => ScalarValue::TimestampNanosecond(count, zone),
        };
        Physical::Literal(scalar, None)
    };
    Some((low.map(limit), high.map(limit)))
}
