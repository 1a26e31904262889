//! `search`: looks for text in tables. `T | search [kind=case_sensitive] [in (A, B*)] "text" and k:"x"`

use crate::ast::*;

/// `T | search [kind=case_sensitive] [in (A, B*)] "text" and k:"x"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// `kind = …`
    pub parameters: Vec<OperatorParameter>,
    /// `in (…)`
    pub tables: Vec<Expr>,
    /// What a row must satisfy; a text alone is looked for in every column.
    pub predicate: Expr,
    /// Where.
    pub span: Span,
}
