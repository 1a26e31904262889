//! `sort`: orders the rows. `T | sort by a asc nulls first, b`

use crate::ast::*;

/// `T | sort by a asc nulls first, b`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The keys.
    pub keys: Vec<SortKey>,
    /// Where.
    pub span: Span,
}
