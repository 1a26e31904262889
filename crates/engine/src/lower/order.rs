//! Whether a query must see its rows in the order in which they come. Such a query runs in one partition; all others
//! may be spread over the cores.

use crate::prepare::Prepared;
use crate::tables::Tables;
use arrow::record_batch::RecordBatch;
use calypso_library::plugin::Work;
use calypso_planner::plan::{JoinKind, Node, Plan};

/// Below so many rows a second core costs more than it gives, and a fixed order is worth having.
const FEW_ROWS: usize = 32_768;

/// Whether the plan runs in one partition.
pub(crate) fn sequential(plan: &Plan, tables: &Tables, prepared: &Prepared) -> bool {
    order_matters(plan) || rows_read(plan, tables, prepared) <= FEW_ROWS
}

/// Whether a node asks for the order of rows that no sort has fixed, or for the first of several.
fn order_matters(plan: &Plan) -> bool {
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
    let inner = !matches!(plan.node, Node::Shared { .. });
    here || (inner && plan.inputs().into_iter().any(order_matters))
}

/// Rows that the leaves of a plan give.
fn rows_read(plan: &Plan, tables: &Tables, prepared: &Prepared) -> usize {
    match &plan.node {
        Node::Table { name } => tables.get(name).map_or(0, |entry| entry.known_rows()),
        // Not read yet; such files are small.
        Node::External(_) => 0,
        Node::Values { rows } => rows.len(),
        Node::Range { .. } => FEW_ROWS / 2,
        Node::Shared { number, .. } => {
            prepared.shared(*number).map_or(0, |rows| rows.iter().map(RecordBatch::num_rows).sum())
        }
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
