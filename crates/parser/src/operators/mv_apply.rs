//! `mv-apply`: runs a pipeline over the items of arrays, row by row. `T | mv-apply [with_itemindex=i] x to typeof(long) [limit 5] on (top 1 by x)`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `T | mv-apply [with_itemindex=i] x to typeof(long) [limit 5] on (top 1 by x)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MvApply {
    /// `with_itemindex = i`, `kind = …`
    pub parameters: Vec<OperatorParameter>,
    /// The arrays.
    pub columns: Vec<ExpandedColumn>,
    /// `limit n`
    pub limit: Option<Expr>,
    /// `id guid(…)`: rarely used.
    pub context: Option<Expr>,
    /// What is done to the items.
    pub subquery: Pipeline,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, MvApply> {
    let head = (keyword, parameters(&[]), list("an array", column));
    let limit = opt(preceded(word("limit"), need_expr("a number of items")));
    let context = opt(preceded(word("id"), need_expr("a guid")));
    let body = preceded(need_word("on", "`on` and a subquery"), need_subquery);
    let (rest, ((_, parameters, columns), limit, context, subquery)) =
        (head, limit, context, body).parse(i)?;
    Ok((rest, MvApply { parameters, columns, limit, context, subquery, span: i.span_to(rest) }))
}

/// Words that end the list are no arrays, unless they plainly are names.
fn column(i: In<'_>) -> R<'_, ExpandedColumn> {
    let clause = i.at_word("limit") || i.at_word("id") || i.at_word("on");
    if clause && !matches!(i.nth(1).kind, Kind::Comma | Kind::Assign) && !i.nth_is_word(1, "to") {
        return miss();
    }
    super::mv_expand::column(i)
}

impl Print for MvApply {
    fn print(&self, p: &mut Printer) {
        p.word("mv-apply").parameters(&self.parameters).space();
        super::mv_expand::print_columns(p, &self.columns);
        if let Some(limit) = &self.limit {
            p.word(" limit ").expr(limit);
        }
        if let Some(context) = &self.context {
            p.word(" id ").expr(context);
        }
        p.word(" on ").subquery(&self.subquery);
    }
}
