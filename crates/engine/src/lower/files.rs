//! Tables in Parquet files: the columns as the engine holds them. Filters reach the files through DataFusion.

use super::expression::null;
use super::newest::{RAW_DIGIT, RAW_TIME};
use super::{Context, name_of};
use crate::files::{FileScan, ParquetFiles};
use crate::optimization::Optimization;
use crate::udf;
use calypso_library::{Column, Type};
use calypso_planner::plan::PlanColumn;
use datafusion::common::{Column as Name, TableReference};
use datafusion::datasource::{TableProvider, provider_as_source};
use datafusion::error::Result;
use datafusion::functions::core::expr_fn::coalesce;
use datafusion::logical_expr::{Expr as Physical, LogicalPlan, LogicalPlanBuilder, lit};
use std::sync::Arc;

/// The table's columns under the plan's numbers.
pub(super) fn scan(
    files: Arc<ParquetFiles>,
    columns: &[Column],
    numbered: &[PlanColumn],
    context: &Context,
) -> Result<LogicalPlan> {
    let scanned = TableReference::bare("t");
    let raw = |name: &str| Physical::Column(Name::new(Some(scanned.clone()), name));
    let backwards = context.carried.is_some_and(|carried| carried.backwards);
    let provider = FileScan { files: Arc::clone(&files), backwards };
    let schema = provider.schema();
    let known = context.optimizations.has(Optimization::PruneByValue);
    let converted = columns.iter().zip(numbered).map(|(column, number)| {
        let held = match schema.field_with_name(&column.name) {
            Err(_) => Physical::Literal(null(column.ty), None),
            Ok(field) => {
                let alike = field.data_type() == &column.ty.arrow();
                let no_nulls = column.ty != Type::String || (known && !field.is_nullable());
                match alike && no_nulls {
                    true => raw(&column.name),
                    false => udf::held(
                        column.ty,
                        raw(&column.name),
                        files.tick_column(column).map(|name| raw(&name)),
                    ),
                }
            }
        };
        held.alias(name_of(number.id))
    });
    let mut converted = converted.collect::<Vec<_>>();
    // Members of texts stand behind the table's columns.
    let members = numbered.iter().skip(columns.len());
    converted.extend(members.map(|member| raw(&member.name).alias(name_of(member.id))));
    if let Some(carried) = context.carried
        && let Some((column, _)) =
            columns.iter().zip(numbered).find(|(_, number)| number.id == carried.column)
    {
        converted.push(raw(&column.name).alias(RAW_TIME));
        if let Some(digit) = files.tick_column(column) {
            converted.push(coalesce(vec![raw(&digit), lit(0_i8)]).alias(RAW_DIGIT));
        }
    }
    let rows = LogicalPlanBuilder::scan(scanned.clone(), provider_as_source(Arc::new(provider)), None)?;
    rows.project(converted)?.build()
}
