//! `project-by-names`: keeps columns whose names are values. `T | project-by-names "a", dynamic(["b"]), c*`

use crate::ast::*;

/// `T | project-by-names "a", dynamic(["b"]), c*`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectByNames {
    /// Names, patterns, strings, arrays.
    pub columns: Vec<Expr>,
    /// Where.
    pub span: Span,
}
