//! `reduce`: groups similar texts. `T | reduce [kind=source] by s [with threshold=0.1, characters="-"]`

use crate::ast::*;

/// `T | reduce [kind=source] by s [with threshold=0.1, characters="-"]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduce {
    /// `kind = source`
    pub parameters: Vec<OperatorParameter>,
    /// The text.
    pub by: Expr,
    /// `with …`
    pub properties: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}
