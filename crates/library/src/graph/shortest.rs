//! The shortest paths between nodes: breadth first from each node of the side that fewer nodes fit. The pattern is one
//! path of at least no or one edge, so a shortest path never meets a node twice.

use super::matches::Matches;
use super::pattern::{Direction, EdgePattern};
use super::walk::NUMBERS_AT_ONCE;
use super::{Graph, Masks, fits};
use arrow::array::BooleanArray;

/// So many links are followed between two looks at whether anybody still waits.
const LINKS_AT_ONCE: u32 = 4096;

/// Passes on the shortest path per pair of nodes that fit the two ends, or all of the least length. `give` is as for
/// `walk`.
pub fn shortest_paths<C>(
    graph: &Graph,
    edge: &EdgePattern<C>,
    all: bool,
    masks: &Masks,
    at_once: usize,
    give: &mut dyn FnMut(Matches) -> bool,
) {
    let count = |node: usize| masks.nodes[node].as_ref().map_or(graph.nodes, BooleanArray::true_count);
    let backwards = count(edge.right) < count(edge.left);
    let (from, to) = if backwards { (edge.right, edge.left) } else { (edge.left, edge.right) };
    let mut search = Search {
        graph,
        masks,
        all,
        from,
        to,
        direction: if backwards { edge.direction.reversed() } else { edge.direction },
        hops: edge.hops.unwrap_or((1, 1)),
        backwards,
        wanted: count(to),
        depth: vec![UNSEEN; graph.nodes],
        ways: vec![Vec::new(); graph.nodes],
        seen: Vec::new(),
        matches: Matches::new(masks.nodes.len(), 1),
        at_once,
        links: 0,
        give,
    };
    for start in 0..graph.nodes as u32 {
        if fits(&masks.nodes[from], start) && !search.from(start) {
            return;
        }
    }
    search.pass_on();
}

/// The depth of a node not reached.
const UNSEEN: u32 = u32::MAX;

struct Search<'s> {
    graph: &'s Graph,
    masks: &'s Masks,
    all: bool,
    from: usize,
    to: usize,
    direction: Direction,
    hops: (u32, u32),
    backwards: bool,
    /// How many nodes fit the other end.
    wanted: usize,
    depth: Vec<u32>,
    /// The last edges of the shortest paths to a node, with the nodes before it.
    ways: Vec<Vec<(u32, u32)>>,
    /// Nodes reached, the nearest first.
    seen: Vec<u32>,
    matches: Matches,
    at_once: usize,
    links: u32,
    give: &'s mut dyn FnMut(Matches) -> bool,
}

// Functions that give a bool say whether to go on.
impl Search<'_> {
    fn from(&mut self, start: u32) -> bool {
        self.seen.push(start);
        self.depth[start as usize] = 0;
        let on = self.spread(start) && self.paths(start);
        for node in self.seen.drain(..) {
            self.depth[node as usize] = UNSEEN;
            self.ways[node as usize].clear();
        }
        on
    }

    /// Reaches nodes level by level, until all that are wanted are found.
    fn spread(&mut self, start: u32) -> bool {
        let mut place = 0;
        let mut found = 0;
        let mut last = self.hops.1;
        while let Some(node) = self.seen.get(place).copied() {
            place += 1;
            let depth = self.depth[node as usize];
            if depth >= last {
                break;
            }
            if node != start && !fits(&self.masks.inner[0], node) {
                continue;
            }
            let mut at = 0;
            while let Some(link) = self.graph.link(node, self.direction, at) {
                at += 1;
                if !self.alive() {
                    return false;
                }
                if !fits(&self.masks.edges[0], link.edge) {
                    continue;
                }
                let known = self.depth[link.node as usize];
                if known == UNSEEN {
                    self.depth[link.node as usize] = depth + 1;
                    self.ways[link.node as usize].push((link.edge, node));
                    self.seen.push(link.node);
                    found += usize::from(fits(&self.masks.nodes[self.to], link.node));
                    if found == self.wanted {
                        // Other ways of the same length may still come.
                        last = last.min(depth + 1);
                    }
                } else if self.all && known == depth + 1 {
                    self.ways[link.node as usize].push((link.edge, node));
                }
            }
        }
        true
    }

    /// The paths to all nodes that were found.
    fn paths(&mut self, start: u32) -> bool {
        for place in 0..self.seen.len() {
            let end = self.seen[place];
            let far_enough = end != start || self.hops.0 == 0;
            if far_enough && fits(&self.masks.nodes[self.to], end) && !self.ways_to(start, end) {
                return false;
            }
        }
        true
    }

    /// Every way back from a node, on a stack: for each node on it the next way to try.
    fn ways_to(&mut self, start: u32, end: u32) -> bool {
        let mut stack = vec![(end, 0_usize)];
        let mut edges = Vec::new();
        while let Some((node, place)) = stack.last_mut() {
            let (at, way) = (*node, *place);
            *place += 1;
            if at == start {
                let inner: Vec<u32> = stack.iter().skip(1).rev().skip(1).map(|(node, _)| *node).collect();
                if !self.matched(start, end, &edges, &inner) {
                    return false;
                }
                stack.pop();
                edges.pop();
                continue;
            }
            match self.ways[at as usize].get(way) {
                Some((edge, before)) => {
                    edges.push(*edge);
                    stack.push((*before, 0));
                }
                None => {
                    stack.pop();
                    edges.pop();
                }
            }
        }
        true
    }

    /// One path; its edges and inner nodes come from its end to its start.
    fn matched(&mut self, start: u32, end: u32, edges: &[u32], inner: &[u32]) -> bool {
        let nodes = &mut self.matches.nodes;
        nodes[self.from].push(start);
        nodes[self.to].push(end);
        self.matches.edges[0].push(edges, !self.backwards);
        self.matches.inner[0].push(inner, self.backwards);
        self.matches.count += 1;
        self.matches.count < self.at_once && self.matches.size() < NUMBERS_AT_ONCE || self.pass_on()
    }

    fn pass_on(&mut self) -> bool {
        let empty = Matches::new(self.masks.nodes.len(), 1);
        (self.give)(std::mem::replace(&mut self.matches, empty))
    }

    /// Now and then gives what there is, so that a long search can be stopped.
    fn alive(&mut self) -> bool {
        self.links += 1;
        if self.links < LINKS_AT_ONCE {
            return true;
        }
        self.links = 0;
        let empty = Matches::new(self.masks.nodes.len(), 1);
        (self.give)(empty)
    }
}
