//! All matches of a pattern: depth first, from each node that the first node of the pattern fits. Memory is that of one
//! match and of the matches not yet passed on.

use super::matches::Matches;
use super::pattern::{Cycles, Pattern};
use super::steps::{Step, steps};
use super::{Graph, Masks, fits};

/// So many links are followed between two looks at whether anybody still waits.
const LINKS_AT_ONCE: u32 = 4096;

/// Matches hold at most so many numbers before they are passed on.
pub(crate) const NUMBERS_AT_ONCE: usize = 1 << 18;

/// Passes on all matches of a pattern whose nodes hang together, at most `at_once` at a time. `give` takes matches, or
/// none now and then; it says whether to go on.
pub fn walk<C>(
    graph: &Graph,
    pattern: &Pattern<C>,
    cycles: Cycles,
    masks: &Masks,
    at_once: usize,
    give: &mut dyn FnMut(Matches) -> bool,
) {
    let candidates: Vec<usize> = masks
        .nodes
        .iter()
        .map(|mask| mask.as_ref().map_or(graph.nodes, arrow::array::BooleanArray::true_count))
        .collect();
    let (first, steps) = steps(pattern, &candidates);
    let mut walker = Walker {
        graph,
        masks,
        cycles,
        steps,
        hops: pattern.edges.iter().map(|edge| edge.hops).collect(),
        nodes: vec![0; pattern.nodes.len()],
        paths: vec![Path::default(); pattern.edges.len()],
        used_edges: vec![false; if cycles == Cycles::UniqueEdges { graph.source.len() } else { 0 }],
        used_nodes: vec![false; if cycles == Cycles::None { graph.nodes } else { 0 }],
        matches: Matches::new(pattern.nodes.len(), pattern.edges.len()),
        at_once,
        links: 0,
        give,
    };
    for node in 0..graph.nodes as u32 {
        if fits(&masks.nodes[first], node) && !walker.bound(first, node, 0) {
            return;
        }
    }
    walker.pass_on();
}

/// One match on its way.
struct Walker<'w> {
    graph: &'w Graph,
    masks: &'w Masks,
    cycles: Cycles,
    steps: Vec<Step>,
    hops: Vec<Option<(u32, u32)>>,
    nodes: Vec<u32>,
    paths: Vec<Path>,
    used_edges: Vec<bool>,
    used_nodes: Vec<bool>,
    matches: Matches,
    at_once: usize,
    links: u32,
    give: &'w mut dyn FnMut(Matches) -> bool,
}

/// The edges found for an edge of the pattern, in the order of the walk, and the nodes within.
#[derive(Clone, Default)]
struct Path {
    edges: Vec<u32>,
    inner: Vec<u32>,
}

// Every function says whether to go on.
impl Walker<'_> {
    /// Goes on with a node of the pattern settled.
    fn bound(&mut self, at: usize, node: u32, step: usize) -> bool {
        self.nodes[at] = node;
        self.mark_node(node, true);
        let on = self.step(step);
        self.mark_node(node, false);
        on
    }

    fn step(&mut self, number: usize) -> bool {
        let Some(step) = self.steps.get(number).copied() else { return self.matched() };
        let (least, most) = self.hops[step.edge].unwrap_or((1, 1));
        let start = self.nodes[step.from];
        if least == 0 {
            let fits = if step.closes {
                self.nodes[step.to] == start
            } else {
                fits(&self.masks.nodes[step.to], start)
            };
            if fits {
                self.nodes[step.to] = start;
                if !self.step(number + 1) {
                    return false;
                }
            }
        }
        most == 0 || self.path(number, step, least, most)
    }

    /// Follows links from the known end, with the way back on a stack of its own: a path may be as long as the graph.
    fn path(&mut self, number: usize, step: Step, least: u32, most: u32) -> bool {
        let mut stack = vec![(self.nodes[step.from], 0_usize)];
        let mut on = true;
        while let Some((node, place)) = stack.last_mut() {
            let (node, at) = (*node, *place);
            *place += 1;
            let Some(link) = self.graph.link(node, step.direction, at).filter(|_| on) else {
                stack.pop();
                let path = &mut self.paths[step.edge];
                path.inner.pop();
                if let (false, Some(edge)) = (stack.is_empty(), path.edges.pop()) {
                    self.mark_edge(edge, false);
                    self.mark_node(node, false);
                }
                continue;
            };
            on = self.alive();
            if self.graph.repeats(node, step.direction, at, link)
                || !self.may_take(step, link.edge, link.node)
            {
                continue;
            }
            self.mark_edge(link.edge, true);
            self.paths[step.edge].edges.push(link.edge);
            let hops = self.paths[step.edge].edges.len() as u32;
            if hops >= least {
                on = on && self.end(number, step, link.node);
            }
            if on && hops < most && fits(&self.masks.inner[step.edge], link.node) {
                self.mark_node(link.node, true);
                self.paths[step.edge].inner.push(link.node);
                stack.push((link.node, 0));
            } else {
                self.paths[step.edge].edges.pop();
                self.mark_edge(link.edge, false);
            }
        }
        on
    }

    /// Whether a link may be part of the match.
    fn may_take(&self, step: Step, edge: u32, node: u32) -> bool {
        let cycle = match self.cycles {
            Cycles::All => false,
            Cycles::None => self.used_nodes[node as usize],
            Cycles::UniqueEdges => self.used_edges[edge as usize],
        };
        !cycle && fits(&self.masks.edges[step.edge], edge)
    }

    /// Takes a node for the other end, if it fits.
    fn end(&mut self, number: usize, step: Step, node: u32) -> bool {
        if step.closes {
            return self.nodes[step.to] != node || self.step(number + 1);
        }
        !fits(&self.masks.nodes[step.to], node) || self.bound(step.to, node, number + 1)
    }

    fn matched(&mut self) -> bool {
        self.matches.count += 1;
        for (nodes, node) in self.matches.nodes.iter_mut().zip(&self.nodes) {
            nodes.push(*node);
        }
        for step in &self.steps {
            let path = &self.paths[step.edge];
            self.matches.edges[step.edge].push(&path.edges, step.backwards);
            self.matches.inner[step.edge].push(&path.inner, step.backwards);
        }
        self.matches.count < self.at_once && self.matches.size() < NUMBERS_AT_ONCE || self.pass_on()
    }

    fn pass_on(&mut self) -> bool {
        let empty = Matches::new(self.nodes.len(), self.paths.len());
        (self.give)(std::mem::replace(&mut self.matches, empty))
    }

    /// Now and then gives what there is, so that a search without end can be stopped.
    fn alive(&mut self) -> bool {
        self.links += 1;
        if self.links < LINKS_AT_ONCE {
            return true;
        }
        self.links = 0;
        let empty = Matches::new(self.nodes.len(), self.paths.len());
        (self.give)(empty)
    }

    fn mark_edge(&mut self, edge: u32, used: bool) {
        if let Some(mark) = self.used_edges.get_mut(edge as usize) {
            *mark = used;
        }
    }

    fn mark_node(&mut self, node: u32, used: bool) {
        if let Some(mark) = self.used_nodes.get_mut(node as usize) {
            *mark = used;
        }
    }
}
