//! Which nodes hang together.

use super::{Direction, Graph, NO_NODE};

/// When nodes hang together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Connection {
    /// Over edges of any direction.
    Weak,
    /// Each can be reached from the other.
    Strong,
}

/// The component of each node, numbered from 0 in the order of their first nodes.
pub fn components(graph: &Graph, connection: Connection) -> Vec<i64> {
    let roots = match connection {
        Connection::Strong if graph.directed => strong(graph),
        Connection::Weak | Connection::Strong => weak(graph),
    };
    let mut numbers = vec![-1_i64; graph.nodes];
    let mut next = 0;
    let number = |root: u32| {
        let number = &mut numbers[root as usize];
        if *number < 0 {
            *number = next;
            next += 1;
        }
        *number
    };
    roots.into_iter().map(number).collect()
}

/// For each node one that stands for its component: sets that edges make one.
fn weak(graph: &Graph) -> Vec<u32> {
    let mut parents: Vec<u32> = (0..graph.nodes as u32).collect();
    let mut root = |mut node: u32, other: Option<u32>| {
        while parents[node as usize] != node {
            let above = parents[parents[node as usize] as usize];
            parents[node as usize] = above;
            node = above;
        }
        if let Some(other) = other {
            parents[node as usize] = other;
        }
        node
    };
    for (from, to) in graph.source.iter().zip(&graph.target) {
        if *from != NO_NODE {
            let to = root(*to, None);
            root(*from, Some(to));
        }
    }
    (0..graph.nodes as u32).map(|node| root(node, None)).collect()
}

/// For each node one that stands for its component (Tarjan), with the way back on a stack of its own.
fn strong(graph: &Graph) -> Vec<u32> {
    const UNSEEN: u32 = u32::MAX;
    let mut order = vec![UNSEEN; graph.nodes];
    let mut lowest = vec![0_u32; graph.nodes];
    let mut roots = vec![UNSEEN; graph.nodes];
    let mut open: Vec<u32> = Vec::new();
    let mut seen = 0;
    for first in 0..graph.nodes as u32 {
        if order[first as usize] != UNSEEN {
            continue;
        }
        let mut stack = vec![(first, 0_usize)];
        while let Some((node, place)) = stack.last_mut() {
            let (node, at) = (*node as usize, *place);
            *place += 1;
            if at == 0 {
                (order[node], lowest[node]) = (seen, seen);
                seen += 1;
                open.push(node as u32);
            }
            if let Some(link) = graph.link(node as u32, Direction::Right, at) {
                let next = link.node as usize;
                if order[next] == UNSEEN {
                    stack.push((link.node, 0));
                } else if roots[next] == UNSEEN {
                    lowest[node] = lowest[node].min(order[next]);
                }
                continue;
            }
            stack.pop();
            if let Some((above, _)) = stack.last() {
                let above = *above as usize;
                lowest[above] = lowest[above].min(lowest[node]);
            }
            if lowest[node] == order[node] {
                while let Some(member) = open.pop() {
                    roots[member as usize] = node as u32;
                    if member as usize == node {
                        break;
                    }
                }
            }
        }
    }
    roots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph() -> Graph {
        // 0 → 1 → 2 → 0, 2 → 3, 4 alone, 5 → 5
        Graph::from_ends(6, vec![0, 1, 2, 2, 5], vec![1, 2, 0, 3, 5], true)
    }

    #[test]
    fn weak_and_strong() {
        assert_eq!(components(&graph(), Connection::Weak), [0, 0, 0, 0, 1, 2]);
        assert_eq!(components(&graph(), Connection::Strong), [0, 0, 0, 1, 2, 3]);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let nodes = 200_000;
        let source: Vec<u32> = (0..nodes - 1).collect();
        let target: Vec<u32> = (1..nodes).collect();
        let chain = Graph::from_ends(nodes as usize, source, target, true);
        assert!(components(&chain, Connection::Weak).iter().all(|number| *number == 0));
        assert_eq!(components(&chain, Connection::Strong).last(), Some(&i64::from(nodes - 1)));
    }
}
