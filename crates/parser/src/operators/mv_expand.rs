//! `mv-expand`: makes a row of each item of arrays. `T | mv-expand [kind=array] [with_itemindex=i] x to typeof(long) [limit 5]`

use crate::ast::*;

/// `T | mv-expand [kind=array] [with_itemindex=i] x to typeof(long) [limit 5]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MvExpand {
    /// `kind`, `bagexpansion`, `with_itemindex`
    pub parameters: Vec<OperatorParameter>,
    /// The arrays.
    pub columns: Vec<ExpandedColumn>,
    /// `limit n`
    pub limit: Option<Expr>,
    /// Where.
    pub span: Span,
}
