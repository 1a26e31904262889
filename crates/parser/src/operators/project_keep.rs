//! `project-keep`: keeps columns. `T | project-keep a, k*`

use crate::ast::*;

/// `T | project-keep a, k*`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectKeep {
    /// Names and patterns.
    pub columns: Vec<Expr>,
    /// Where.
    pub span: Span,
}
