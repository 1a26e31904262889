//! Graphs in memory: nodes and edges by number, which links leave a node, and what is asked of them. In: the keys of
//! nodes, and of the two ends of each edge, as arrays. Out: matches of a pattern, components, degrees.

mod components;
mod matches;
mod pattern;
mod shortest;
mod steps;
#[cfg(test)]
mod tests;
mod walk;

pub use components::{Connection, components};
pub use matches::{Matches, PathItems};
pub use pattern::{Cycles, Direction, EdgePattern, Fold, NodePattern, PathValue, Pattern, Search};
pub use shortest::shortest_paths;
pub use walk::walk;

use arrow::array::{ArrayRef, BooleanArray};
use arrow::error::ArrowError;
use arrow::row::{OwnedRow, RowConverter, Rows, SortField};
use rustc_hash::FxHashMap;

/// The number of an edge end that is no node: such an edge is not part of the graph.
pub const NO_NODE: u32 = u32::MAX;

/// Nodes and edges by number.
pub struct Graph {
    /// How many nodes there are.
    pub nodes: usize,
    /// The node at which each edge begins, or [`NO_NODE`].
    pub source: Vec<u32>,
    /// The node at which each edge ends, or [`NO_NODE`].
    pub target: Vec<u32>,
    /// Whether edges have a direction.
    pub directed: bool,
    outgoing: Links,
    incoming: Links,
}

/// The edges at each node, side by side.
struct Links {
    starts: Vec<u32>,
    links: Vec<Link>,
}

/// An edge seen from one of its ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Link {
    /// The edge.
    pub edge: u32,
    /// The node at its other end.
    pub node: u32,
}

/// What holds for each node and edge of a pattern.
pub struct Masks {
    /// One per node of the pattern; none: every node fits.
    pub nodes: Vec<Option<BooleanArray>>,
    /// One per edge of the pattern.
    pub edges: Vec<Option<BooleanArray>>,
    /// One per edge of the pattern: what the nodes within a path must satisfy.
    pub inner: Vec<Option<BooleanArray>>,
}

impl Graph {
    /// Finds the nodes of each edge by their keys; null equals null. A key that two nodes share stands for the first.
    pub fn new(
        nodes: &[ArrayRef],
        source: &[ArrayRef],
        target: &[ArrayRef],
        directed: bool,
    ) -> Result<Graph, ArrowError> {
        let fields = nodes.iter().map(|key| SortField::new(key.data_type().clone())).collect();
        let converter = RowConverter::new(fields)?;
        let keys = converter.convert_columns(nodes)?;
        let mut numbers: FxHashMap<OwnedRow, u32> = FxHashMap::default();
        for (number, key) in keys.iter().enumerate() {
            numbers.entry(key.owned()).or_insert(number as u32);
        }
        let find = |rows: Rows| -> Vec<u32> {
            rows.iter().map(|row| numbers.get(&row.owned()).copied().unwrap_or(NO_NODE)).collect()
        };
        let source = find(converter.convert_columns(source)?);
        let target = find(converter.convert_columns(target)?);
        Ok(Graph::from_ends(keys.num_rows(), source, target, directed))
    }

    /// A graph of nodes known by number.
    pub fn from_ends(nodes: usize, mut source: Vec<u32>, mut target: Vec<u32>, directed: bool) -> Graph {
        for (from, to) in source.iter_mut().zip(&mut target) {
            if *from == NO_NODE || *to == NO_NODE {
                (*from, *to) = (NO_NODE, NO_NODE);
            }
        }
        let outgoing = Links::new(nodes, &source, &target);
        let incoming = Links::new(nodes, &target, &source);
        Graph { nodes, source, target, directed, outgoing, incoming }
    }

    /// How many edges end at a node; in a graph without directions, how many have an end there.
    pub fn degree_in(&self, node: usize) -> usize {
        let outgoing = if self.directed { 0 } else { self.outgoing.at(node as u32).len() };
        self.incoming.at(node as u32).len() + outgoing
    }

    /// How many edges begin at a node; in a graph without directions, how many have an end there.
    pub fn degree_out(&self, node: usize) -> usize {
        let incoming = if self.directed { 0 } else { self.incoming.at(node as u32).len() };
        self.outgoing.at(node as u32).len() + incoming
    }

    /// The links that a step in this direction may take from a node, in the order of the edges; an edge from a node to
    /// itself is one link in every direction.
    pub(crate) fn link(&self, node: u32, direction: Direction, place: usize) -> Option<Link> {
        match if self.directed { direction } else { Direction::Any } {
            Direction::Right => self.outgoing.at(node).get(place).copied(),
            Direction::Left => self.incoming.at(node).get(place).copied(),
            Direction::Any => {
                let outgoing = self.outgoing.at(node);
                outgoing.get(place).or_else(|| self.incoming.at(node).get(place - outgoing.len())).copied()
            }
        }
    }

    /// Whether the link at this place, seen in any direction, repeats one: the second sight of an edge from a node to
    /// itself.
    pub(crate) fn repeats(&self, node: u32, direction: Direction, place: usize, link: Link) -> bool {
        let any = direction == Direction::Any || !self.directed;
        any && link.node == node && place >= self.outgoing.at(node).len()
    }
}

impl Links {
    fn new(nodes: usize, from: &[u32], to: &[u32]) -> Links {
        let mut starts = vec![0_u32; nodes + 1];
        for node in from.iter().filter(|node| **node != NO_NODE) {
            starts[*node as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut links = vec![Link { edge: 0, node: 0 }; starts[nodes] as usize];
        for (edge, (from, to)) in from.iter().zip(to).enumerate().filter(|(_, (from, _))| **from != NO_NODE) {
            let place = &mut next[*from as usize];
            links[*place as usize] = Link { edge: edge as u32, node: *to };
            *place += 1;
        }
        Links { starts, links }
    }

    fn at(&self, node: u32) -> &[Link] {
        let node = node as usize;
        &self.links[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

/// Whether a number fits a mask; null does not.
pub(crate) fn fits(mask: &Option<BooleanArray>, number: u32) -> bool {
    use arrow::array::Array;
    let number = number as usize;
    mask.as_ref().is_none_or(|mask| mask.is_valid(number) && mask.value(number))
}
