//! `graph-mark-components`: marks connected parts of a graph. `G | graph-mark-components [kind=weak] [with_component_id=c]`

use crate::ast::*;

/// `G | graph-mark-components [kind=weak] [with_component_id=c]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphMarkComponents {
    /// `kind`, `with_component_id`
    pub parameters: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}
