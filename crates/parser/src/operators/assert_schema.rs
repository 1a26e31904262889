//! `assert-schema`: refuses rows whose columns are not as declared. `T | assert-schema (a:long, b:string)`

use crate::ast::*;

/// `T | assert-schema (a:long, b:string)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssertSchema {
    /// The columns that must be there.
    pub schema: TableSchema,
    /// Where.
    pub span: Span,
}
