//! `top-hitters`: the most frequent values, roughly. `T | top-hitters 5 of a [by w]`

use crate::ast::*;

/// `T | top-hitters 5 of a [by w]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopHitters {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// How many.
    pub count: Expr,
    /// Of what.
    pub of: Expr,
    /// What is summed instead of counted.
    pub by: Option<Expr>,
    /// Where.
    pub span: Span,
}
