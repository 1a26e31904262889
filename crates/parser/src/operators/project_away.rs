//! `project-away`: leaves columns out. `T | project-away a, tmp*`

use crate::ast::*;

/// `T | project-away a, tmp*`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectAway {
    /// Names and patterns.
    pub columns: Vec<Expr>,
    /// Where.
    pub span: Span,
}
