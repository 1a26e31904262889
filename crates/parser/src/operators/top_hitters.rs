//! `top-hitters`: the most frequent values, roughly. `T | top-hitters 5 of a [by w]`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | top-hitters 5 of a [by w]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopHitters {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// How many.
    pub count: Expr,
    /// Of what.
    pub of: Expr,
    /// What is summed instead of counted.
    pub by: Option<Expr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, TopHitters> {
    let (rest, (_, parameters, count, (), of, by)) = (
        keyword,
        parameters(&[]),
        need_expr("a number of values"),
        need_word("of", "`of` and a column"),
        need_expr("a column"),
        opt(preceded(word("by"), need_expr("a column to sum"))),
    )
        .parse(i)?;
    Ok((rest, TopHitters { parameters, count, of, by, span: i.span_to(rest) }))
}

impl Print for TopHitters {
    fn print(&self, p: &mut Printer) {
        p.word("top-hitters").parameters(&self.parameters).space().expr(&self.count);
        p.word(" of ").expr(&self.of);
        if let Some(by) = &self.by {
            p.word(" by ").expr(by);
        }
    }
}
