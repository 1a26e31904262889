//! `parse-kv`: takes key-value texts apart. `T | parse-kv s as (a:long, b:string) with (pair_delimiter=",", kv_delimiter="=")`

use crate::ast::*;

/// `T | parse-kv s as (a:long, b:string) with (pair_delimiter=",", kv_delimiter="=")`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseKv {
    /// The text.
    pub value: Expr,
    /// The keys, which become columns.
    pub keys: TableSchema,
    /// `with (…)`
    pub properties: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}
