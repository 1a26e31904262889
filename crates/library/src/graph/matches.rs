//! Matches side by side, and the columns they give.

use super::pattern::{Fold, PathValue};
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, StringViewBuilder, UInt32Array};
use arrow::compute::take;
use arrow::error::ArrowError;
use std::sync::Arc;

/// Matches, one after another.
pub struct Matches {
    /// How many there are.
    pub count: usize,
    /// The node of each match, per node of the pattern.
    pub nodes: Vec<Vec<u32>>,
    /// The edges of each match, per edge of the pattern.
    pub edges: Vec<PathItems>,
    /// The nodes within the path of each match, per edge of the pattern.
    pub inner: Vec<PathItems>,
}

/// Lists of numbers, one per match.
#[derive(Clone, Default)]
pub struct PathItems {
    ends: Vec<usize>,
    items: Vec<u32>,
}

impl PathItems {
    /// One list more.
    pub fn push(&mut self, items: &[u32], reversed: bool) {
        if reversed {
            self.items.extend(items.iter().rev());
        } else {
            self.items.extend(items);
        }
        self.ends.push(self.items.len());
    }

    fn lists(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.items[start..*end])
    }
}

impl Matches {
    /// None yet, of a pattern with so many nodes and edges.
    pub fn new(nodes: usize, edges: usize) -> Matches {
        Matches {
            count: 0,
            nodes: vec![Vec::new(); nodes],
            edges: vec![PathItems::default(); edges],
            inner: vec![PathItems::default(); edges],
        }
    }

    /// How many numbers they hold.
    pub fn size(&self) -> usize {
        let paths = self.edges.iter().chain(&self.inner).map(|lists| lists.items.len()).sum::<usize>();
        self.count * self.nodes.len() + paths
    }

    /// The column of a value; `nodes` and `edges` are the columns of the graph.
    pub fn column(
        &self,
        value: &PathValue<usize>,
        nodes: &[ArrayRef],
        edges: &[ArrayRef],
    ) -> Result<ArrayRef, ArrowError> {
        match value {
            PathValue::Node(at, column) => taken(&nodes[*column], &self.nodes[*at]),
            PathValue::Edge(at, column) => taken(&edges[*column], &self.edges[*at].items),
            PathValue::Items { edge, inner, fold, column } => {
                let (lists, column) = if *inner {
                    (&self.inner[*edge], &nodes[*column])
                } else {
                    (&self.edges[*edge], &edges[*column])
                };
                Ok(folded(lists, *fold, column))
            }
            PathValue::Length => {
                let mut lengths = vec![0_i64; self.count];
                for lists in &self.edges {
                    lists.lists().zip(&mut lengths).for_each(|(list, length)| *length += list.len() as i64);
                }
                Ok(Arc::new(Int64Array::from(lengths)))
            }
            PathValue::Number(at) => {
                let numbers = self.nodes[*at].iter().map(|number| i64::from(*number));
                Ok(Arc::new(Int64Array::from_iter_values(numbers)))
            }
        }
    }
}

fn taken(column: &ArrayRef, numbers: &[u32]) -> Result<ArrayRef, ArrowError> {
    take(column, &UInt32Array::from_iter_values(numbers.iter().copied()), None)
}

fn folded(lists: &PathItems, fold: Fold, column: &ArrayRef) -> ArrayRef {
    match fold {
        Fold::All | Fold::Any => {
            let bools = column.as_boolean();
            let holds = |item: &u32| bools.is_valid(*item as usize) && bools.value(*item as usize);
            let folded = lists.lists().map(|list| match fold {
                Fold::All => list.iter().all(holds),
                Fold::Any | Fold::Array => list.iter().any(holds),
            });
            Arc::new(BooleanArray::from_iter(folded.map(Some)))
        }
        Fold::Array => {
            let texts = column.as_string_view();
            let mut arrays = StringViewBuilder::new();
            let mut text = String::new();
            for list in lists.lists() {
                text.clear();
                text.push('[');
                for (place, item) in list.iter().enumerate() {
                    let item = *item as usize;
                    let one = if texts.is_valid(item) { texts.value(item) } else { "[null]" };
                    text.push_str(if place > 0 { "," } else { "" });
                    text.push_str(one.strip_prefix('[').and_then(|one| one.strip_suffix(']')).unwrap_or(one));
                }
                text.push(']');
                arrays.append_value(&text);
            }
            Arc::new(arrays.finish())
        }
    }
}
