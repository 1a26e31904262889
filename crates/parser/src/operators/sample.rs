//! `sample`: some rows. `T | sample 10`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | sample 10`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// How many.
    pub count: Expr,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Sample> {
    let (rest, (_, parameters, count)) =
        (keyword, parameters(&[]), need_expr("a number of rows")).parse(i)?;
    Ok((rest, Sample { parameters, count, span: i.span_to(rest) }))
}

impl Print for Sample {
    fn print(&self, p: &mut Printer) {
        p.word("sample").parameters(&self.parameters).space().expr(&self.count);
    }
}
