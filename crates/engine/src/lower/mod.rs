//! Bound plan to DataFusion's logical plan, a file per operator. Every node gives its columns under the names of their
//! numbers (`c17`), unqualified, so that no name is ambiguous and none needs quoting.

mod aggregate;
mod evaluate;
mod expression;
mod files;
mod filter;
mod graph_match;
mod join;
mod mv_expand;
mod native;
mod newest;
mod order;
mod project;
mod range;
mod scan;
mod sort;
mod table;
mod take;
mod there;
mod union;
mod values;
mod window;

pub(crate) use newest::Carried;
pub(crate) use order::{keeps_order, order_matters, sequential};

use crate::exec::{Expand, Operation, OperatorNode, Parse};
use crate::optimization::Optimizations;
use crate::prepare::Prepared;
use crate::tables::Tables;
use crate::there::There;
use calypso_library::Type;
use calypso_planner::plan::{ColumnId, Node, Plan, PlanColumn};
use datafusion::common::Column;
use datafusion::error::Result;
use datafusion::logical_expr::{Expr as Physical, Extension, LogicalPlan};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What lowering needs to know beside the plan.
#[derive(Clone)]
pub(crate) struct Context<'a> {
    /// Tables by name.
    pub tables: &'a Tables,
    /// Answers of inner plans.
    pub prepared: &'a Prepared,
    /// Only rows of this time are seen: from, to (excluded).
    pub time_range: Option<(i64, i64)>,
    /// Of these tables only the rows that were there at an instant are seen.
    pub there: &'a BTreeMap<String, There>,
    /// Whether the query runs in one partition, with rows in the order in which they come.
    pub sequential: bool,
    /// What is done to be faster.
    pub optimizations: Optimizations,
    /// What a sort above reads beside the columns of the plan.
    pub carried: Option<Carried>,
}

impl Context<'_> {
    /// The context of the inputs of a node.
    fn below(&self, plan: &Plan) -> Self {
        Context { carried: self.carried.and_then(|carried| carried.below(plan)), ..self.clone() }
    }
}

/// Lowers a plan.
pub(crate) fn lower(plan: &Plan, context: &Context) -> Result<LogicalPlan> {
    if let Node::Table { name } = &plan.node {
        return table::table(plan, name, context);
    }
    let context = &context.below(plan);
    match &plan.node {
        Node::Table { name } => table::table(plan, name, context),
        Node::External(source) => table::external(plan, source, context),
        Node::Values { rows } => values::values(plan, rows, context),
        Node::Range { from, to, step } => range::range(plan, [from, to, step], context),
        Node::Filter { input, predicate } => filter::filter(input, predicate, context),
        Node::Project { input, expressions } => {
            project::project(lower(input, context)?, &plan.columns, expressions, context)
        }
        Node::Aggregate { input, keys, aggregates } => {
            aggregate::aggregate(plan, input, keys, aggregates, context)
        }
        Node::Sort { input, keys } => sort::sort(input, keys, None, context),
        Node::Take { input, count } => take::take(input, *count, context),
        Node::Join { left, right, kind, keys } => join::join(plan, left, right, *kind, keys, context),
        Node::Union { inputs } => union::union(plan, inputs, context),
        Node::MvExpand { input, expansions, item_index, bags_as_arrays, limit } => {
            let how = Expand {
                from: vec![Type::Dynamic; expansions.len()],
                to: expansions.iter().map(|expansion| expansion.to).collect(),
                item_index: *item_index,
                bags_as_arrays: *bags_as_arrays,
                limit: *limit,
            };
            mv_expand::mv_expand(plan, input, expansions, how, context)
        }
        Node::Window { input, partition, calls } => window::window(plan, input, partition, calls, context),
        Node::Scan { input, partition, sets, memory, steps, match_id: _ } => {
            scan::scan(plan, input, &scan::Parts { partition, sets, memory, steps }, context)
        }
        Node::Rank { input, partition, keys } => window::rank(plan, input, partition, keys, context),
        Node::Parse { input, source, pattern, only_matches } => {
            let parse = Parse { pattern: pattern.clone(), only_matches: *only_matches };
            let text = vec![expression::expression(source, context)?];
            operator(Operation::Parse(parse), vec![lower(input, context)?], text, added(plan, input))
        }
        Node::ParseKv { input, source, keys } => {
            let text = vec![expression::expression(source, context)?];
            operator(Operation::ParseKv(keys.clone()), vec![lower(input, context)?], text, added(plan, input))
        }
        Node::Evaluate { input, lookup, plugin, call } => {
            let inputs: Vec<&Plan> = std::iter::once(input).chain(lookup).map(Box::as_ref).collect();
            evaluate::evaluate(plan, &inputs, plugin, call, context)
        }
        Node::GraphMeasure { nodes, edges, ends, measures } => {
            graph_match::graph_measure(plan, [nodes, edges], ends, measures, context)
        }
        Node::GraphMatch { nodes, edges, ends, pattern, values } => {
            graph_match::graph_match(plan, [nodes, edges], ends, pattern, values, context)
        }
        Node::Shared { number, plan: inner, asked } => table::shared(plan, *number, inner, *asked, context),
    }
}

/// The name of a column inside the engine.
pub(crate) fn name_of(id: ColumnId) -> String {
    format!("c{}", id.0)
}

/// Reads a column.
pub(crate) fn column(id: ColumnId) -> Physical {
    Physical::Column(Column::from_name(name_of(id)))
}

/// One of our own nodes over inputs.
fn operator(
    operation: Operation,
    inputs: Vec<LogicalPlan>,
    expressions: Vec<Physical>,
    added: Vec<(String, Type)>,
) -> Result<LogicalPlan> {
    let node = OperatorNode::new(operation, inputs, expressions, added)?;
    Ok(LogicalPlan::Extension(Extension { node: Arc::new(node) }))
}

/// The columns that a node adds behind those of its input.
fn added(plan: &Plan, input: &Plan) -> Vec<(String, Type)> {
    let new: &[PlanColumn] = plan.columns.get(input.columns.len()..).unwrap_or_default();
    new.iter().map(|column| (name_of(column.id), column.ty)).collect()
}
