//! `make-graph`: builds a graph of edges and nodes. `E | make-graph from --> to with N on id`

use crate::ast::*;

/// `E | make-graph from --> to with N on id`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeGraph {
    /// `hint.strategy = …`
    pub parameters: Vec<OperatorParameter>,
    /// The column of an edge's source.
    pub source: Expr,
    /// `-->`, not `--`
    pub directed: bool,
    /// The column of an edge's target.
    pub target: Expr,
    /// `with N on id, M on id`
    pub nodes: Vec<GraphNodes>,
    /// `with_node_id = id`
    pub parameters_after: Vec<OperatorParameter>,
    /// `partitioned-by c (…)`
    pub partition: Option<GraphPartition>,
    /// Where.
    pub span: Span,
}

/// `N on id`: a table of nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphNodes {
    /// The table.
    pub table: Expr,
    /// The column of a node's key.
    pub key: Expr,
}

/// `partitioned-by c (…)`: a graph for each value of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphPartition {
    /// The column.
    pub column: Expr,
    /// What is done to each graph; its source is [`Source::Input`].
    pub subquery: Pipeline,
}
