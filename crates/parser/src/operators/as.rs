//! `as`: gives the rows a name for the rest of the query. `T | as [hint.materialized=true] Name`

use crate::ast::*;

/// `T | as [hint.materialized=true] Name`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct As {
    /// `hint.materialized = true`
    pub parameters: Vec<OperatorParameter>,
    /// The name.
    pub name: Name,
    /// Where.
    pub span: Span,
}
