//! `distinct`: keeps one row of each combination of values. `T | distinct a, b`

use crate::ast::*;

/// `T | distinct a, b`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distinct {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The columns, or one [`ExprKind::Star`].
    pub columns: Vec<Expr>,
    /// Where.
    pub span: Span,
}
