//! `externaldata`: rows read from addresses. `externaldata (a:long) ["https://…"] with (format="csv")`

use crate::ast::*;

/// `externaldata (a:long) ["https://…"] with (format="csv")`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Externaldata {
    /// Rare hints before the schema.
    pub parameters: Vec<OperatorParameter>,
    /// The columns.
    pub schema: TableSchema,
    /// Where the rows are.
    pub addresses: Vec<Expr>,
    /// `with (…)`
    pub properties: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}
