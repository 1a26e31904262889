//! `graph-where-edges`: keeps edges. `G | graph-where-edges weight > 1`

use crate::ast::*;

/// `G | graph-where-edges weight > 1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphWhereEdges {
    /// What an edge must satisfy.
    pub predicate: Expr,
    /// Where.
    pub span: Span,
}
