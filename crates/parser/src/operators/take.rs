//! `take`: some rows. `T | take 10`

use crate::ast::*;

/// `T | take 10`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Take {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// How many.
    pub count: Expr,
    /// Where.
    pub span: Span,
}
