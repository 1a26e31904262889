//! `as`: gives the rows a name for the rest of the query. `T | as [hint.materialized=true] Name`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | as [hint.materialized=true] Name`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct As {
    /// `hint.materialized = true`
    pub parameters: Vec<OperatorParameter>,
    /// The name.
    pub name: Name,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, As> {
    let (rest, (_, parameters, name)) =
        (keyword, parameters(&[]), need_name("a name for the rows")).parse(i)?;
    Ok((rest, As { parameters, name, span: i.span_to(rest) }))
}

impl Print for As {
    fn print(&self, p: &mut Printer) {
        p.word("as").parameters(&self.parameters).space().name(&self.name);
    }
}
