//! `top`: the first rows by a key. `T | top 10 by x desc`

use crate::ast::*;

/// `T | top 10 by x desc`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Top {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// How many.
    pub count: Expr,
    /// The key.
    pub key: SortKey,
    /// Where.
    pub span: Span,
}
