//! `range`: a column of evenly spaced values. `range x from 1 to 10 step 1`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::print::{Print, Printer};

/// `range x from 1 to 10 step 1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The column.
    pub column: Name,
    /// The first value.
    pub from: Expr,
    /// The bound, included.
    pub to: Expr,
    /// The step.
    pub step: Expr,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Range> {
    let (rest, (_, column, (), from, (), to, (), step)) = (
        keyword,
        need_name("a name for the column"),
        need_word("from", "`from`"),
        need_expr("the first value"),
        need_word("to", "`to`"),
        need_expr("the last value"),
        need_word("step", "`step`"),
        need_expr("the step"),
    )
        .parse(i)?;
    Ok((rest, Range { column, from, to, step, span: i.span_to(rest) }))
}

impl Print for Range {
    fn print(&self, p: &mut Printer) {
        p.word("range ").name(&self.column).word(" from ").expr(&self.from);
        p.word(" to ").expr(&self.to).word(" step ").expr(&self.step);
    }
}
