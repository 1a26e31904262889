//! `graph-where-nodes`: keeps nodes. `G | graph-where-nodes age > 1`

use crate::ast::*;

/// `G | graph-where-nodes age > 1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphWhereNodes {
    /// What a node must satisfy.
    pub predicate: Expr,
    /// Where.
    pub span: Span,
}
