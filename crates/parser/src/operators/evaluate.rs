//! `evaluate`: calls a plugin. `T | evaluate [hint.…] pivot(a) [: (a:long, *)]`

use crate::ast::*;

/// `T | evaluate [hint.…] pivot(a) [: (a:long, *)]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluate {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The plugin and its arguments.
    pub call: Call,
    /// The promised columns.
    pub schema: Option<TableSchema>,
    /// Where.
    pub span: Span,
}
