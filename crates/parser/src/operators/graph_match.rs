//! `graph-match`: finds a pattern in a graph. `G | graph-match [cycles=none] (a)-[e*1..3]->(b) where a.x == 1 project a.x`

use crate::ast::*;

/// `G | graph-match [cycles=none] (a)-[e*1..3]->(b) where a.x == 1 project a.x`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphMatch {
    /// `cycles = …`
    pub parameters: Vec<OperatorParameter>,
    /// The patterns.
    pub patterns: Vec<GraphPattern>,
    /// `where …`
    pub predicate: Option<Expr>,
    /// `project …`
    pub columns: Option<Vec<NamedExpr>>,
    /// Where.
    pub span: Span,
}

/// `(a)-[e]->(b)`: nodes and edges in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphPattern {
    /// The elements.
    pub elements: Vec<GraphElement>,
    /// Where.
    pub span: Span,
}

/// A node or an edge of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GraphElement {
    /// `(a)`, `()`
    Node(Option<Name>),
    /// `-[e*1..3]->`, `<-[e]-`, `--`
    Edge(GraphEdge),
}

/// An edge of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphEdge {
    /// Its name.
    pub name: Option<Name>,
    /// Which way it runs.
    pub direction: EdgeDirection,
    /// `*1..3`: how many hops.
    pub hops: Option<(Expr, Expr)>,
    /// Where.
    pub span: Span,
}

/// Which way an edge runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeDirection {
    /// `-->`
    Right,
    /// `<--`
    Left,
    /// `--`
    Any,
}
