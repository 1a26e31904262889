//! `join`: matches rows of two tables. `T | join kind=inner (U) on a, $left.b == $right.c`

use crate::ast::*;

/// `T | join kind=inner (U) on a, $left.b == $right.c`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// `kind = …`, `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The right table.
    pub right: Expr,
    /// How rows match.
    pub condition: JoinCondition,
    /// Where.
    pub span: Span,
}

/// How the rows of two tables match, in `join` and `lookup`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinCondition {
    /// `on a, $left.b == $right.c`
    On(Vec<Expr>),
    /// `where a == b`, an old form.
    Where(Expr),
    /// None was given; a diagnostic was.
    Missing,
}
