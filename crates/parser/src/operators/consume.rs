//! `consume`: reads the rows and gives none. `T | consume [decodeblocks=true]`

use crate::ast::*;

/// `T | consume [decodeblocks=true]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consume {
    /// `decodeblocks = true`
    pub parameters: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}
