//! Which columns of its inputs a node reads, when only some of its own are read.

use calypso_planner::plan::{ColumnId, Expr, Node, Plan};
use std::collections::HashSet;

/// Columns that are read.
pub(super) type Needed = HashSet<ColumnId>;

/// All columns of a plan.
pub(super) fn all(plan: &Plan) -> Needed {
    plan.columns.iter().map(|column| column.id).collect()
}

/// The columns read of each input, in the order of `Plan::inputs`.
pub(super) fn of_inputs(plan: &Plan, needed: &Needed) -> Vec<Needed> {
    let inputs = plan.inputs();
    match &plan.node {
        Node::Project { expressions, .. } => {
            let read = plan.columns.iter().zip(expressions).filter(|(column, _)| needed.contains(&column.id));
            vec![columns_of(read.map(|(_, expr)| expr))]
        }
        Node::Union { inputs } => {
            let of = |expressions: &[Expr]| {
                let read = plan.columns.iter().zip(expressions);
                columns_of(read.filter(|(column, _)| needed.contains(&column.id)).map(|(_, expr)| expr))
            };
            inputs.iter().map(|(_, expressions)| of(expressions)).collect()
        }
        Node::Aggregate { .. } => vec![columns_of(plan.expressions())],
        Node::Filter { .. }
        | Node::Sort { .. }
        | Node::Take { .. }
        | Node::Join { .. }
        | Node::MvExpand { .. }
        | Node::Window { .. }
        | Node::Rank { .. }
        | Node::Parse { .. }
        | Node::ParseKv { .. } => {
            let read: Needed = columns_of(plan.expressions()).union(needed).copied().collect();
            inputs.into_iter().map(|input| all(input).intersection(&read).copied().collect()).collect()
        }
        Node::Table { .. }
        | Node::External(_)
        | Node::Values { .. }
        | Node::Range { .. }
        | Node::Evaluate { .. }
        | Node::Scan { .. }
        | Node::GraphMeasure { .. }
        | Node::GraphMatch { .. }
        | Node::Shared { .. } => inputs.into_iter().map(all).collect(),
    }
}

fn columns_of<'a>(expressions: impl IntoIterator<Item = &'a Expr>) -> Needed {
    expressions.into_iter().flat_map(Expr::columns).collect()
}
