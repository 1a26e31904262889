//! `serialize`: fixes the order of the rows. `T | serialize n = row_number()`

use crate::ast::*;

/// `T | serialize n = row_number()`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serialize {
    /// Columns added on the way.
    pub columns: Vec<NamedExpr>,
    /// Where.
    pub span: Span,
}
