//! `sample`: some rows. `T | sample 10`

use crate::ast::*;

/// `T | sample 10`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// How many.
    pub count: Expr,
    /// Where.
    pub span: Span,
}
