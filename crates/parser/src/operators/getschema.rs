//! `getschema`: describes the columns. `T | getschema`

use crate::ast::*;

/// `T | getschema`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Getschema {
    /// `kind = csl`
    pub parameters: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}
