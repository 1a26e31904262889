//! `inline_external_table`: a table kept outside, described in the query. `inline_external_table (a:long) kind=storage dataformat=csv ("https://…")`

use crate::ast::*;

/// `inline_external_table (a:long) kind=storage dataformat=csv ("https://…")`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InlineExternalTable {
    /// The columns.
    pub schema: Option<TableSchema>,
    /// `kind = storage`
    pub kind: Option<Name>,
    /// `partition by (…)`
    pub partitions: Vec<ExternalPartition>,
    /// `pathformat = (…)`
    pub path_format: Vec<Expr>,
    /// `dataformat = csv`
    pub format: Option<Name>,
    /// Where the rows are.
    pub addresses: Vec<Expr>,
    /// `with (…)`
    pub properties: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}

/// `name:type = expression` in `partition by (…)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalPartition {
    /// The column and its type.
    pub column: ColumnDeclaration,
}
