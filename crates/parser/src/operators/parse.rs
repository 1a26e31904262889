//! `parse`: takes texts apart. `T | parse kind=simple s with "a=" a:long "," *`

use crate::ast::*;

/// `T | parse kind=simple s with "a=" a:long "," *`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parse {
    /// `kind`, `flags`
    pub parameters: Vec<OperatorParameter>,
    /// The text.
    pub value: Expr,
    /// What it looks like.
    pub pattern: Vec<ParsePart>,
    /// Where.
    pub span: Span,
}

/// One part of a pattern, in `parse` and `parse-where`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParsePart {
    /// `*`: anything.
    Star(Span),
    /// A text that must be there (a string literal, or a name that stands for one).
    Text(Expr),
    /// `name:type`: what is kept.
    Column(ColumnDeclaration),
}
