//! What the edges of a graph say of its nodes: degrees, components.

use super::graph::Collected;
use arrow::array::{ArrayRef, Int64Array};
use arrow::record_batch::RecordBatch;
use calypso_library::graph::components;
use calypso_planner::plan::Measure;
use datafusion::error::Result;
use std::sync::Arc;

/// Passes on the nodes with one column more per measure.
pub(super) fn measured(found: &Collected, measures: &[Measure]) -> Result<()> {
    let graph = &found.graph;
    let mut columns = found.nodes.columns().to_vec();
    for measure in measures {
        let numbers: Int64Array = match measure {
            Measure::DegreeIn => (0..graph.nodes).map(|node| graph.degree_in(node) as i64).collect(),
            Measure::DegreeOut => (0..graph.nodes).map(|node| graph.degree_out(node) as i64).collect(),
            Measure::Component(connection) => components(graph, *connection).into(),
        };
        columns.push(Arc::new(numbers) as ArrayRef);
    }
    let whole = RecordBatch::try_new(Arc::clone(&found.schema), columns)?;
    let (rows, size) = (whole.num_rows(), found.batch_size);
    for at in (0..rows).step_by(size) {
        if !found.send(Ok(whole.slice(at, size.min(rows - at)))) {
            break;
        }
    }
    Ok(())
}
