//! `extend`: adds or replaces columns. `T | extend a = x + 1, y`

use crate::ast::*;

/// `T | extend a = x + 1, y`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extend {
    /// The columns.
    pub columns: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}
