//! `evaluate`: a node of ours over the rows of a plugin.

use super::{Context, lower, name_of, operator};
use crate::error::refused;
use crate::exec::{Evaluate, Operation};
use calypso_library::plugin::{Plugin, PluginCall, Work};
use calypso_planner::plan::{Plan, PlanColumn};
use datafusion::error::Result;
use datafusion::logical_expr::LogicalPlan;
use std::sync::Arc;

/// The columns of the plugin, and no others.
pub(super) fn evaluate(
    plan: &Plan,
    inputs: &[&Plan],
    plugin: &'static Plugin,
    call: &Arc<PluginCall>,
    context: &Context,
) -> Result<LogicalPlan> {
    let Work::Rows(rows) = plugin.work else {
        return Err(refused(format!("the plugin {} cannot run", plugin.name)));
    };
    let names = |columns: &[PlanColumn]| columns.iter().map(|column| name_of(column.id)).collect();
    let how = Evaluate {
        plugin,
        evaluate: rows.evaluate,
        call: Arc::clone(call),
        columns: inputs.first().map(|input| names(&input.columns)).unwrap_or_default(),
        lookup_columns: inputs.get(1).map(|lookup| names(&lookup.columns)).unwrap_or_default(),
    };
    let lowered = inputs.iter().map(|input| lower(input, context)).collect::<Result<_>>()?;
    let added = plan.columns.iter().map(|column| (name_of(column.id), column.ty)).collect();
    operator(Operation::Evaluate(how), lowered, Vec::new(), added)
}
