//! `summarize`: aggregates groups of rows. `T | summarize n = count(), max(x) by k, bin(t, 1h)`

use crate::ast::*;

/// `T | summarize n = count(), max(x) by k, bin(t, 1h)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summarize {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// What is computed; may be empty.
    pub aggregates: Vec<NamedExpr>,
    /// The groups; may be empty.
    pub by: Vec<NamedExpr>,
    /// `by t bin = 1h`, an old form.
    pub bin: Option<Expr>,
    /// Where.
    pub span: Span,
}
