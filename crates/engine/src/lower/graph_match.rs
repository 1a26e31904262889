//! Searches in a graph, and what its edges say of its nodes. Columns go under their names in the inputs.

use super::{Context, lower, name_of, operator};
use crate::exec::{GraphKeys, GraphTask, Operation};
use calypso_library::Type;
use calypso_library::graph::{PathValue, Pattern};
use calypso_planner::plan::{ColumnId, GraphEnds, Measure, Plan, PlanColumn};
use datafusion::error::Result;
use datafusion::logical_expr::LogicalPlan;

/// The matches of a pattern.
pub(super) fn graph_match(
    plan: &Plan,
    inputs: [&Plan; 2],
    ends: &GraphEnds,
    pattern: &Pattern<ColumnId>,
    values: &[PathValue<ColumnId>],
    context: &Context,
) -> Result<LogicalPlan> {
    let name = |id: &ColumnId| name_of(*id);
    let values = values.iter().map(|value| value.map(name, name)).collect();
    let task = GraphTask::Match { pattern: pattern.map(name, name), values };
    graph(task, inputs, ends, &plan.columns, context)
}

/// The nodes with measures.
pub(super) fn graph_measure(
    plan: &Plan,
    inputs: [&Plan; 2],
    ends: &GraphEnds,
    measures: &[Measure],
    context: &Context,
) -> Result<LogicalPlan> {
    let added = plan.columns.get(inputs[0].columns.len()..).unwrap_or_default();
    graph(GraphTask::Measure(measures.to_vec()), inputs, ends, added, context)
}

fn graph(
    task: GraphTask,
    inputs: [&Plan; 2],
    ends: &GraphEnds,
    added: &[PlanColumn],
    context: &Context,
) -> Result<LogicalPlan> {
    let names = |ids: &[ColumnId]| ids.iter().map(|id| name_of(*id)).collect();
    let keys = GraphKeys {
        node: names(&ends.node),
        source: names(&ends.source),
        target: names(&ends.target),
        directed: ends.directed,
    };
    let rows = inputs.into_iter().map(|input| lower(input, context)).collect::<Result<Vec<_>>>()?;
    let added: Vec<(String, Type)> = added.iter().map(|column| (name_of(column.id), column.ty)).collect();
    operator(Operation::Graph(task, keys), rows, Vec::new(), added)
}
