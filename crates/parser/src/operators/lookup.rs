//! `lookup`: adds columns of a second table. `T | lookup kind=leftouter (U) on a`

use crate::ast::*;

/// `T | lookup kind=leftouter (U) on a`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// `kind = …`, `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The table looked up in.
    pub right: Expr,
    /// How rows match.
    pub condition: JoinCondition,
    /// Where.
    pub span: Span,
}
