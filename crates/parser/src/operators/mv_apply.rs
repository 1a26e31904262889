//! `mv-apply`: runs a pipeline over the items of arrays, row by row. `T | mv-apply [with_itemindex=i] x to typeof(long) [limit 5] on (top 1 by x)`

use crate::ast::*;

/// `T | mv-apply [with_itemindex=i] x to typeof(long) [limit 5] on (top 1 by x)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MvApply {
    /// `with_itemindex = i`, `kind = …`
    pub parameters: Vec<OperatorParameter>,
    /// The arrays.
    pub columns: Vec<ExpandedColumn>,
    /// `limit n`
    pub limit: Option<Expr>,
    /// `id guid(…)`: rarely used.
    pub context: Option<Expr>,
    /// What is done to the items.
    pub subquery: Pipeline,
    /// Where.
    pub span: Span,
}
