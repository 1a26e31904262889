//! What is looked for in a graph: nodes, edges between them, and what is given of a match. `C` names a column of the
//! nodes or edges.

/// A pattern.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Pattern<C> {
    /// Its nodes.
    pub nodes: Vec<NodePattern<C>>,
    /// Its edges, between those nodes.
    pub edges: Vec<EdgePattern<C>>,
    /// Which matches count.
    pub search: Search,
}

/// A node of a pattern.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct NodePattern<C> {
    /// Bool columns of the nodes, all true for a node that fits.
    pub conditions: Vec<C>,
}

/// An edge of a pattern, or a path of edges.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct EdgePattern<C> {
    /// The node written before it.
    pub left: usize,
    /// The node written after it.
    pub right: usize,
    /// Which way it runs.
    pub direction: Direction,
    /// For a path the least and the greatest number of edges.
    pub hops: Option<(u32, u32)>,
    /// Bool columns of the edges, all true for every edge.
    pub conditions: Vec<C>,
    /// Bool columns of the nodes, all true for every node within the path.
    pub inner: Vec<C>,
}

/// Which way an edge of a pattern runs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// `-->`
    Right,
    /// `<--`
    Left,
    /// `--`
    Any,
}

/// Which matches count.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Search {
    /// All but those excluded for their cycles.
    Walk(Cycles),
    /// The shortest per pair of first and last node: one of them, or all. The pattern is one path.
    Shortest {
        /// All of the least length.
        all: bool,
    },
}

/// Which cycles a match may hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Cycles {
    /// Any.
    All,
    /// None: no node occurs twice.
    None,
    /// Those in which no edge occurs twice.
    UniqueEdges,
}

/// What a column says of a match.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum PathValue<C> {
    /// A column of the node.
    Node(usize, C),
    /// A column of the edge, which is no path.
    Edge(usize, C),
    /// What a column says of the edges of a path, or of the nodes within it.
    Items {
        /// The edge of the pattern.
        edge: usize,
        /// The nodes, not the edges.
        inner: bool,
        /// How the items make one value.
        fold: Fold,
        /// The column.
        column: C,
    },
    /// The number of edges (long).
    Length,
    /// The number of the node, unique within the graph (long).
    Number(usize),
}

/// How items make one value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Fold {
    /// Whether the bool column is true for every item.
    All,
    /// Whether it is true for one.
    Any,
    /// An array: the items of the column, which holds arrays of one item each, one after another.
    Array,
}

impl Direction {
    /// The same edge seen from the other end.
    pub fn reversed(self) -> Direction {
        match self {
            Direction::Right => Direction::Left,
            Direction::Left => Direction::Right,
            Direction::Any => Direction::Any,
        }
    }
}

impl<C> Pattern<C> {
    /// The same pattern with other names for the columns, the nodes' and the edges'.
    pub fn map<D>(&self, mut node: impl FnMut(&C) -> D, mut edge: impl FnMut(&C) -> D) -> Pattern<D> {
        let nodes = self
            .nodes
            .iter()
            .map(|pattern| NodePattern { conditions: pattern.conditions.iter().map(&mut node).collect() })
            .collect();
        let edges = self
            .edges
            .iter()
            .map(|pattern| EdgePattern {
                left: pattern.left,
                right: pattern.right,
                direction: pattern.direction,
                hops: pattern.hops,
                conditions: pattern.conditions.iter().map(&mut edge).collect(),
                inner: pattern.inner.iter().map(&mut node).collect(),
            })
            .collect();
        Pattern { nodes, edges, search: self.search }
    }
}

impl<C> PathValue<C> {
    /// The same value with other names for the columns, the nodes' and the edges'.
    pub fn map<D>(&self, node: impl Fn(&C) -> D, edge: impl Fn(&C) -> D) -> PathValue<D> {
        match self {
            PathValue::Node(at, column) => PathValue::Node(*at, node(column)),
            PathValue::Edge(at, column) => PathValue::Edge(*at, edge(column)),
            PathValue::Items { edge: at, inner, fold, column } => {
                let column = if *inner { node(column) } else { edge(column) };
                PathValue::Items { edge: *at, inner: *inner, fold: *fold, column }
            }
            PathValue::Length => PathValue::Length,
            PathValue::Number(at) => PathValue::Number(*at),
        }
    }
}
