//! `graph-mark-components`: marks connected parts of a graph. `G | graph-mark-components [kind=weak] [with_component_id=c]`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `G | graph-mark-components [kind=weak] [with_component_id=c]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphMarkComponents {
    /// `kind`, `with_component_id`
    pub parameters: Vec<OperatorParameter>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, GraphMarkComponents> {
    let (rest, (_, parameters)) = (keyword, parameters(&["with_component_id"])).parse(i)?;
    Ok((rest, GraphMarkComponents { parameters, span: i.span_to(rest) }))
}

impl Print for GraphMarkComponents {
    fn print(&self, p: &mut Printer) {
        p.word("graph-mark-components").parameters(&self.parameters);
    }
}
