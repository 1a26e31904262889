//! `sample-distinct`: some values of a column. `T | sample-distinct 10 of a`

use crate::ast::*;

/// `T | sample-distinct 10 of a`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleDistinct {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// How many.
    pub count: Expr,
    /// Of what.
    pub of: Expr,
    /// Where.
    pub span: Span,
}
