//! `project`: the columns of the result. `T | project a, b = x + 1`

use crate::ast::*;

/// `T | project a, b = x + 1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The columns.
    pub columns: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}
