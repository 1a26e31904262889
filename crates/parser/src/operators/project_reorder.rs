//! `project-reorder`: orders the columns. `T | project-reorder a, k* asc`

use crate::ast::*;

/// `T | project-reorder a, k* asc`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectReorder {
    /// Names and patterns.
    pub columns: Vec<ReorderedColumn>,
    /// Where.
    pub span: Span,
}

/// `a`, `k* asc`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReorderedColumn {
    /// A name or a pattern.
    pub column: Expr,
    /// How the columns of a pattern are ordered.
    pub direction: Option<Direction>,
}
