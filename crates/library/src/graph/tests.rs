//! Walks and shortest paths over small graphs.

use super::*;

/// 0 → 1, 1 → 2, 2 → 0, 0 → 2 twice, 2 → 2
fn graph() -> Graph {
    Graph::from_ends(3, vec![0, 1, 2, 0, 0, 2], vec![1, 2, 0, 2, 2, 2], true)
}

fn edge(left: usize, right: usize, direction: Direction, hops: Option<(u32, u32)>) -> EdgePattern<usize> {
    EdgePattern { left, right, direction, hops, conditions: Vec::new(), inner: Vec::new() }
}

fn pattern(nodes: usize, edges: Vec<EdgePattern<usize>>) -> Pattern<usize> {
    let nodes = vec![NodePattern { conditions: Vec::new() }; nodes];
    Pattern { nodes, edges, search: Search::Walk(Cycles::All) }
}

fn masks(pattern: &Pattern<usize>) -> Masks {
    let none = |count| (0..count).map(|_| None).collect::<Vec<_>>();
    let edges = pattern.edges.len();
    Masks { nodes: none(pattern.nodes.len()), edges: none(edges), inner: none(edges) }
}

fn count(graph: &Graph, pattern: &Pattern<usize>, cycles: Cycles) -> usize {
    let mut total = 0;
    walk(graph, pattern, cycles, &masks(pattern), 2, &mut |matches| {
        total += matches.count;
        true
    });
    total
}

#[test]
fn single_edges() {
    let one = |direction| pattern(2, vec![edge(0, 1, direction, None)]);
    assert_eq!(count(&graph(), &one(Direction::Right), Cycles::All), 6);
    assert_eq!(count(&graph(), &one(Direction::Left), Cycles::UniqueEdges), 6);
    // Both ways, but the edge from a node to itself once.
    assert_eq!(count(&graph(), &one(Direction::Any), Cycles::UniqueEdges), 11);
    assert_eq!(count(&graph(), &one(Direction::Right), Cycles::None), 5);
    assert_eq!(count(&graph(), &pattern(1, Vec::new()), Cycles::All), 3);
}

#[test]
fn cycles_are_told_apart() {
    // From a node back to itself, with up to three edges.
    let back = pattern(1, vec![edge(0, 0, Direction::Right, Some((1, 3)))]);
    assert_eq!(count(&graph(), &back, Cycles::None), 0);
    // 2→2; 0→2→0 twice and 2→0→2 twice; 0→1→2→0 and its turns; with 2→2 between: four.
    assert_eq!(count(&graph(), &back, Cycles::UniqueEdges), 1 + 4 + 3 + 6);
    assert!(count(&graph(), &back, Cycles::All) > 14);
}

#[test]
fn paths_without_edges() {
    let empty = pattern(2, vec![edge(0, 1, Direction::Right, Some((0, 0)))]);
    assert_eq!(count(&graph(), &empty, Cycles::None), 3);
    let some = pattern(2, vec![edge(0, 1, Direction::Right, Some((0, 1)))]);
    assert_eq!(count(&graph(), &some, Cycles::UniqueEdges), 9);
}

#[test]
fn a_search_stops_when_nobody_waits() {
    let long = pattern(2, vec![edge(0, 1, Direction::Any, Some((1, 1_000_000)))]);
    let mut batches = 0;
    walk(&graph(), &long, Cycles::All, &masks(&long), 100, &mut |_| {
        batches += 1;
        batches < 3
    });
    assert_eq!(batches, 3);
}

#[test]
fn shortest_of_each_pair() {
    let one = pattern(2, vec![edge(0, 1, Direction::Right, Some((1, 9)))]);
    let found = |all| {
        let mut paths = Vec::new();
        shortest_paths(&graph(), &one.edges[0], all, &masks(&one), 100, &mut |matches| {
            let column = |value| matches.column(&value, &[], &[]).map(|column| format!("{column:?}"));
            assert!(column(PathValue::Length).is_ok());
            paths.extend(matches.nodes[0].iter().copied().zip(matches.nodes[1].iter().copied()));
            true
        });
        paths.sort_unstable();
        paths
    };
    assert_eq!(found(false), [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]);
    assert_eq!(found(true), [(0, 1), (0, 2), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)]);
}
