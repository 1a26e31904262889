//! `range`: a column of evenly spaced values. `range x from 1 to 10 step 1`

use crate::ast::*;

/// `range x from 1 to 10 step 1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The column.
    pub column: Name,
    /// The first value.
    pub from: Expr,
    /// The bound, included.
    pub to: Expr,
    /// The step.
    pub step: Expr,
    /// Where.
    pub span: Span,
}
