//! Whether a query must see its rows in the order in which they come. Such a query runs in one partition; all others
//! may be spread over the cores.

use crate::prepare::Prepared;
use crate::tables::Tables;
use calypso_library::plugin::Work;
use calypso_planner::plan::{JoinKind, Node, Plan};

/// Below so many rows a second core costs more than it gives, and a fixed order is worth having.
const FEW_ROWS: usize = 32_768;

/// Whether the plan runs in one partition.
pub(crate) fn sequential(plan: &Plan, tables: &Tables, prepared: &Prepared) -> bool {
    order_matters(plan, prepared) || rows_read(plan, tables, prepared) <= FEW_ROWS
}

/// Whether a plan only reads rows one by one, so that each part of a table gives its rows in their order.
pub(crate) fn keeps_order(plan: &Plan) -> bool {
    match &plan.node {
        Node::Table { .. } => true,
        Node::Filter { input, .. } | Node::Project { input, .. } => keeps_order(input),
        Node::External(_)
        | Node::Values { .. }
        | Node::Range { .. }
        | Node::Aggregate { .. }
        | Node::Sort { .. }
        | Node::Take { .. }
        | Node::Join { .. }
        | Node::Union { .. }
        | Node::MvExpand { .. }
        | Node::Window { .. }
        | Node::Rank { .. }
        | Node::Parse { .. }
        | Node::ParseKv { .. }
        | Node::Evaluate { .. }
        | Node::Scan { .. }
        | Node::GraphMeasure { .. }
        | Node::GraphMatch { .. }
        | Node::Shared { .. } => false,
    }
}

/// Whether a node asks for the order of rows that no sort has fixed, or for the first of several. Shared plans whose
/// rows are held are not looked into.
pub(crate) fn order_matters(plan: &Plan, prepared: &Prepared) -> bool {
    let here = match &plan.node {
        Node::Window { .. } | Node::Scan { .. } => true,
        Node::Rank { keys, .. } => keys.is_empty(),
        Node::Join { kind, .. } => *kind == JoinKind::InnerUnique,
        Node::Aggregate { aggregates, .. } => aggregates.iter().any(|call| call.aggregate.ordered),
        Node::Evaluate { plugin, .. } => matches!(plugin.work, Work::Rows(rows) if rows.ordered),
        Node::Table { .. }
        | Node::External(_)
        | Node::Values { .. }
        | Node::Range { .. }
        | Node::Filter { .. }
        | Node::Project { .. }
        | Node::Sort { .. }
        | Node::Take { .. }
        | Node::Union { .. }
        | Node::MvExpand { .. }
        | Node::Parse { .. }
        | Node::ParseKv { .. }
        | Node::GraphMeasure { .. }
        | Node::GraphMatch { .. }
        | Node::Shared { .. } => false,
    };
    let held = matches!(&plan.node, Node::Shared { number, .. } if prepared.shared(*number).is_some());
    here || (!held && plan.inputs().into_iter().any(|input| order_matters(input, prepared)))
}

/// Rows that the leaves of a plan give.
fn rows_read(plan: &Plan, tables: &Tables, prepared: &Prepared) -> usize {
    match &plan.node {
        Node::Table { name } => tables.get(name).map_or(0, |entry| entry.known_rows()),
        // Not read yet; such files are small.
        Node::External(_) => 0,
        Node::Values { rows } => rows.len(),
        Node::Range { .. } => FEW_ROWS / 2,
        Node::Shared { number, plan, .. } => match prepared.shared(*number) {
            Some(held) => held.rows(),
            None => rows_read(plan, tables, prepared),
        },
        Node::Filter { .. }
        | Node::Project { .. }
        | Node::Aggregate { .. }
        | Node::Sort { .. }
        | Node::Take { .. }
        | Node::Join { .. }
        | Node::Union { .. }
        | Node::MvExpand { .. }
        | Node::Window { .. }
        | Node::Rank { .. }
        | Node::GraphMeasure { .. }
        | Node::GraphMatch { .. }
        | Node::Parse { .. }
        | Node::Evaluate { .. }
        | Node::ParseKv { .. }
        | Node::Scan { .. } => plan
            .inputs()
            .into_iter()
            .fold(0, |sum, input| usize::saturating_add(sum, rows_read(input, tables, prepared))),
    }
}
