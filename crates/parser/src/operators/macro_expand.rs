//! `macro-expand`: runs a body for each member of an entity group. `macro-expand [isfuzzy=true] Group as x (x.T | count)`

use crate::ast::*;

/// `macro-expand [isfuzzy=true] Group as x (x.T | count)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MacroExpand {
    /// `isfuzzy`, `kind`, `force_remote`
    pub parameters: Vec<OperatorParameter>,
    /// The group, by name or written out.
    pub group: Expr,
    /// The name of the member within the body.
    pub alias: Name,
    /// The body's statements, without parentheses.
    pub body: Vec<Statement>,
    /// Where.
    pub span: Span,
}
