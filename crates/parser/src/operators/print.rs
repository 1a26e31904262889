//! `print`: one row of values. `print a = 1, "x"`

use crate::ast::*;

/// `print a = 1, "x"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// The columns.
    pub columns: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}
