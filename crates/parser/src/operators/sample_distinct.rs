//! `sample-distinct`: some values of a column. `T | sample-distinct 10 of a`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | sample-distinct 10 of a`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleDistinct {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// How many.
    pub count: Expr,
    /// Of what.
    pub of: Expr,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, SampleDistinct> {
    let (rest, (_, parameters, count, (), of)) = (
        keyword,
        parameters(&[]),
        need_expr("a number of values"),
        need_word("of", "`of` and a column"),
        need_expr("a column"),
    )
        .parse(i)?;
    Ok((rest, SampleDistinct { parameters, count, of, span: i.span_to(rest) }))
}

impl Print for SampleDistinct {
    fn print(&self, p: &mut Printer) {
        p.word("sample-distinct").parameters(&self.parameters).space().expr(&self.count);
        p.word(" of ").expr(&self.of);
    }
}
