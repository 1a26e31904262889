//! `facet`: one table for each column. `T | facet by a, b [with (take 5)]`

use crate::ast::*;

/// `T | facet by a, b [with (take 5)]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The columns.
    pub columns: Vec<Expr>,
    /// What is done to the rows of each value.
    pub with: Option<Pipeline>,
    /// Where.
    pub span: Span,
}
