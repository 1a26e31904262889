//! `datatable`: a table written out in the query. `datatable (a:long, b:string) [1, "x", 2, "y"]`

use crate::ast::*;

/// `datatable (a:long, b:string) [1, "x", 2, "y"]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datatable {
    /// Rare hints before the schema.
    pub parameters: Vec<OperatorParameter>,
    /// The columns.
    pub schema: TableSchema,
    /// The cells, row by row.
    pub values: Vec<Expr>,
    /// Where.
    pub span: Span,
}
