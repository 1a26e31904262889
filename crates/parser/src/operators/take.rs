//! `take`: some rows. `T | take 10`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | take 10`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Take {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// How many.
    pub count: Expr,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Take> {
    let (rest, (_, parameters, count)) =
        (keyword, parameters(&[]), need_expr("a number of rows")).parse(i)?;
    Ok((rest, Take { parameters, count, span: i.span_to(rest) }))
}

impl Print for Take {
    fn print(&self, p: &mut Printer) {
        p.word("take").parameters(&self.parameters).space().expr(&self.count);
    }
}
