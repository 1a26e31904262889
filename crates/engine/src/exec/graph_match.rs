//! The search for a pattern in a graph, and the batches its matches give.

use super::graph::Collected;
use crate::error::refused;
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatchOptions};
use arrow::compute::and_kleene;
use arrow::datatypes::DataType;
use arrow::record_batch::RecordBatch;
use calypso_library::graph::{Masks, Matches, PathValue, Pattern, Search, shortest_paths, walk};
use datafusion::error::Result;
use std::sync::Arc;

/// Passes on all matches.
pub(super) fn matches(
    found: &Collected,
    pattern: &Pattern<String>,
    values: &[PathValue<String>],
) -> Result<()> {
    let place = |batch: &RecordBatch, name: &String| batch.schema().index_of(name).unwrap_or(usize::MAX);
    let node = |name: &String| place(&found.nodes, name);
    let edge = |name: &String| place(&found.edges, name);
    let pattern = pattern.map(node, edge);
    let values: Vec<PathValue<usize>> = values.iter().map(|value| value.map(node, edge)).collect();
    let (nodes, edges) = (found.nodes.columns(), found.edges.columns());
    let masks = Masks {
        nodes: masks(pattern.nodes.iter().map(|node| &node.conditions), nodes)?,
        edges: masks(pattern.edges.iter().map(|edge| &edge.conditions), edges)?,
        inner: masks(pattern.edges.iter().map(|edge| &edge.inner), nodes)?,
    };
    for value in &values {
        let known = match value {
            PathValue::Node(_, column) => *column < nodes.len(),
            PathValue::Edge(_, column) => *column < edges.len(),
            PathValue::Items { inner, column, .. } => {
                *column < if *inner { nodes.len() } else { edges.len() }
            }
            PathValue::Length | PathValue::Number(_) => true,
        };
        if !known {
            return Err(refused("a match reads a column that is not there"));
        }
    }
    let mut give = |matches: Matches| match matches.count {
        0 => !found.sender.is_closed(),
        _ => found.send(batch(found, &matches, &values)),
    };
    match pattern.search {
        Search::Walk(cycles) => {
            walk(&found.graph, &pattern, cycles, &masks, found.batch_size, &mut give);
        }
        Search::Shortest { all } => {
            let edge = pattern.edges.first().ok_or_else(|| refused("a shortest path has no edge"))?;
            shortest_paths(&found.graph, edge, all, &masks, found.batch_size, &mut give);
        }
    }
    Ok(())
}

fn batch(found: &Collected, matches: &Matches, values: &[PathValue<usize>]) -> Result<RecordBatch> {
    let (nodes, edges) = (found.nodes.columns(), found.edges.columns());
    let columns = values.iter().map(|value| matches.column(value, nodes, edges));
    let columns = columns.collect::<std::result::Result<Vec<_>, _>>()?;
    let options = RecordBatchOptions::new().with_row_count(Some(matches.count));
    Ok(RecordBatch::try_new_with_options(Arc::clone(&found.schema), columns, &options)?)
}

/// For each list of bool columns where all are true.
fn masks<'c>(
    lists: impl Iterator<Item = &'c Vec<usize>>,
    columns: &[ArrayRef],
) -> Result<Vec<Option<BooleanArray>>> {
    let mask = |conditions: &Vec<usize>| {
        let mut all: Option<BooleanArray> = None;
        for condition in conditions {
            let column = columns.get(*condition).filter(|column| column.data_type() == &DataType::Boolean);
            let column = column.ok_or_else(|| refused("a condition of a pattern is no column"))?;
            let bools = without_nulls(column.as_boolean());
            all = Some(match all {
                Some(all) => and_kleene(&all, &bools)?,
                None => bools,
            });
        }
        Ok(all)
    };
    lists.map(mask).collect()
}

/// Null counts as false.
fn without_nulls(bools: &BooleanArray) -> BooleanArray {
    match bools.nulls() {
        Some(nulls) => BooleanArray::new(bools.values() & nulls.inner(), None),
        None => bools.clone(),
    }
}
