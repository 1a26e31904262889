//! `where`: keeps rows. `T | where x > 1`

use crate::ast::*;

/// `T | where x > 1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// What a row must satisfy.
    pub predicate: Expr,
    /// Where.
    pub span: Span,
}
