//! `parse-where`: takes texts apart and keeps rows that match. `T | parse-where s with "a=" a:long`

use crate::ast::*;

/// `T | parse-where s with "a=" a:long`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseWhere {
    /// `kind`, `flags`
    pub parameters: Vec<OperatorParameter>,
    /// The text.
    pub value: Expr,
    /// What it looks like.
    pub pattern: Vec<ParsePart>,
    /// Where.
    pub span: Span,
}
