//! `invoke`: calls a function on the rows. `T | invoke f(1, "x")`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::print::{Print, Printer};

/// `T | invoke f(1, "x")`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoke {
    /// A call, or a path that ends in one.
    pub function: Expr,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Invoke> {
    let (rest, (_, function)) = (keyword, invoked).parse(i)?;
    Ok((rest, Invoke { function, span: i.span_to(rest) }))
}

impl Print for Invoke {
    fn print(&self, p: &mut Printer) {
        p.word("invoke ").expr(&self.function);
    }
}

fn invoked(i: In<'_>) -> R<'_, Expr> {
    need_with(i, "a function call such as `f(1)`", dotted_call)
}
