//! `graph-shortest-paths`: finds shortest paths in a graph. `G | graph-shortest-paths [output=all] (a)-[e*1..9]->(b) where … project …`

use crate::ast::*;

/// `G | graph-shortest-paths [output=all] (a)-[e*1..9]->(b) where … project …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphShortestPaths {
    /// `output = …`
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
