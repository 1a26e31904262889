//! `count`: counts the rows. `T | count [as Name]`

use crate::ast::*;

/// `T | count [as Name]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// `as Name`: the column's name instead of `Count`.
    pub alias: Option<Name>,
    /// Where.
    pub span: Span,
}
