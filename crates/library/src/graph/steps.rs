//! In which order the edges of a pattern are looked for: from the node that fewest nodes fit, always along an edge of
//! which one end is known.

use super::pattern::{Direction, Pattern};

/// One edge to look for, from an end that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Step {
    /// The edge of the pattern.
    pub edge: usize,
    /// The known end.
    pub from: usize,
    /// The other end.
    pub to: usize,
    /// Which way it runs, seen from the known end.
    pub direction: Direction,
    /// It is walked from right to left.
    pub backwards: bool,
    /// The other end is known, too.
    pub closes: bool,
}

/// The first node, then the edges. `candidates` is how many nodes fit each node of the pattern.
pub(crate) fn steps<C>(pattern: &Pattern<C>, candidates: &[usize]) -> (usize, Vec<Step>) {
    let first = (0..candidates.len()).min_by_key(|node| candidates[*node]).unwrap_or(0);
    let mut known = vec![false; pattern.nodes.len()];
    known[first] = true;
    let mut left: Vec<usize> = (0..pattern.edges.len()).collect();
    let mut steps = Vec::with_capacity(left.len());
    while let Some(place) = (0..left.len()).min_by_key(|place| {
        let edge = &pattern.edges[left[*place]];
        let ends = usize::from(known[edge.left]) + usize::from(known[edge.right]);
        // Edges that can only exclude come first, paths last.
        (ends == 0, edge.hops.is_some(), ends == 1)
    }) {
        let number = left.remove(place);
        let edge = &pattern.edges[number];
        let backwards = !known[edge.left];
        let (from, to) = if backwards { (edge.right, edge.left) } else { (edge.left, edge.right) };
        let direction = if backwards { edge.direction.reversed() } else { edge.direction };
        steps.push(Step { edge: number, from, to, direction, backwards, closes: known[to] });
        (known[from], known[to]) = (true, true);
    }
    (first, steps)
}
