//! `top`: the first rows by a key. `T | top 10 by x desc`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | top 10 by x desc`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Top {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// How many.
    pub count: Expr,
    /// The key.
    pub key: SortKey,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Top> {
    let (rest, (_, parameters, count, (), key)) = (
        keyword,
        parameters(&[]),
        need_expr("a number of rows"),
        need_word("by", "`by` and a column"),
        need_sort_key("a column"),
    )
        .parse(i)?;
    Ok((rest, Top { parameters, count, key, span: i.span_to(rest) }))
}

impl Print for Top {
    fn print(&self, p: &mut Printer) {
        p.word("top").parameters(&self.parameters).space().expr(&self.count);
        p.word(" by ").sort_keys(std::slice::from_ref(&self.key));
    }
}
