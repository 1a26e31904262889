//! `where`: keeps rows. `T | where x > 1`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | where x > 1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// What a row must satisfy.
    pub predicate: Expr,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Where> {
    let (rest, (_, parameters, predicate)) = (keyword, parameters(&[]), need_expr("a condition")).parse(i)?;
    Ok((rest, Where { parameters, predicate, span: i.span_to(rest) }))
}

impl Print for Where {
    fn print(&self, p: &mut Printer) {
        p.word("where").parameters(&self.parameters).space().expr(&self.predicate);
    }
}
