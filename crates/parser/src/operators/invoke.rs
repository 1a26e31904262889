//! `invoke`: calls a function on the rows. `T | invoke f(1, "x")`

use crate::ast::*;

/// `T | invoke f(1, "x")`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoke {
    /// A call, or a path that ends in one.
    pub function: Expr,
    /// Where.
    pub span: Span,
}
