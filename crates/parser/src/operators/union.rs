//! `union`: the rows of several tables. `T | union kind=outer withsource=s A, (B | take 5), C*`

use crate::ast::*;

/// `T | union kind=outer withsource=s A, (B | take 5), C*`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Union {
    /// `kind`, `withsource`, `isfuzzy`, `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// Names, patterns, subqueries.
    pub tables: Vec<Expr>,
    /// Where.
    pub span: Span,
}
