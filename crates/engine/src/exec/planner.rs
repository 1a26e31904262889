//! From our logical node to what runs.

use super::concatenate::ConcatenateExec;
use super::evaluate::{EvaluateExec, schema_of};
use super::graph::GraphExec;
use super::node::{Operation, OperatorNode};
use super::order::KeepOrderExec;
use super::rows::RowsExec;
use crate::error::refused;
use arrow::compute::SortOptions;
use async_trait::async_trait;
use datafusion::catalog::Session;
use datafusion::error::Result;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::logical_expr::{LogicalPlan, UserDefinedLogicalNode};
use datafusion::physical_expr::{LexOrdering, PhysicalSortExpr};
use datafusion::physical_plan::sorts::sort::SortExec;
use datafusion::physical_plan::{ExecutionPlan, PhysicalExpr};
use datafusion::physical_planner::{ExtensionPlanner, PhysicalPlanner};
use std::sync::Arc;

/// Knows `OperatorNode`.
pub(crate) struct OperatorPlanner;

#[async_trait]
impl ExtensionPlanner for OperatorPlanner {
    async fn plan_extension(
        &self,
        planner: &dyn PhysicalPlanner,
        node: &dyn UserDefinedLogicalNode,
        logical_inputs: &[&LogicalPlan],
        physical_inputs: &[Arc<dyn ExecutionPlan>],
        session: &dyn Session,
        planning_ctx: &PhysicalPlanningContext,
    ) -> Result<Option<Arc<dyn ExecutionPlan>>> {
        let Some(node) = node.as_any().downcast_ref::<OperatorNode>() else {
            return Ok(None);
        };
        let mut expressions = Vec::with_capacity(node.expressions.len());
        if let Some(input) = logical_inputs.first() {
            for expr in &node.expressions {
                let schema = input.schema();
                expressions.push(planner.create_physical_expr(expr, schema, session, planning_ctx)?);
            }
        }
        plan(node, expressions, physical_inputs.to_vec()).map(Some)
    }
}

fn plan(
    node: &OperatorNode,
    expressions: Vec<Arc<dyn PhysicalExpr>>,
    mut inputs: Vec<Arc<dyn ExecutionPlan>>,
) -> Result<Arc<dyn ExecutionPlan>> {
    match &node.operation {
        Operation::Concatenate => Ok(Arc::new(ConcatenateExec::new(inputs)?)),
        Operation::Order { directions, fetch } => {
            let keys = expressions.into_iter().zip(directions).map(|(expr, way)| {
                let options = SortOptions { descending: way.descending, nulls_first: way.nulls_first };
                PhysicalSortExpr::new(expr, options)
            });
            let order = LexOrdering::new(keys).ok_or_else(|| refused("a sort has no key"))?;
            let fetch = fetch.map(|fetch| usize::try_from(fetch).unwrap_or(usize::MAX));
            let sort = SortExec::new(order.clone(), inputs.swap_remove(0)).with_fetch(fetch);
            Ok(Arc::new(KeepOrderExec::new(order, Arc::new(sort))))
        }
        Operation::Evaluate(how) => {
            Ok(Arc::new(EvaluateExec::new(how.clone(), schema_of(&node.added), inputs)))
        }
        Operation::Graph(task, keys) => {
            Ok(Arc::new(GraphExec::new(task.clone(), keys.clone(), node.added.clone(), inputs)?))
        }
        Operation::FirstPerKey
        | Operation::Number
        | Operation::Window(_)
        | Operation::Scan(_)
        | Operation::Expand(_)
        | Operation::Parse(_)
        | Operation::ParseKv(_) => {
            let input = inputs.swap_remove(0);
            Ok(Arc::new(RowsExec::new(node.operation.clone(), expressions, node.added.clone(), input)))
        }
    }
}
