//! `search`: looks for text in tables. `T | search [kind=case_sensitive] [in (A, B*)] "text" and k:"x"`

use nom::Parser;
use nom::combinator::opt;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `T | search [kind=case_sensitive] [in (A, B*)] "text" and k:"x"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// `kind = …`
    pub parameters: Vec<OperatorParameter>,
    /// `in (…)`
    pub tables: Vec<Expr>,
    /// What a row must satisfy; a text alone is looked for in every column.
    pub predicate: Expr,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Search> {
    let (rest, (_, parameters, tables, predicate)) =
        (keyword, parameters(&["datascope"]), opt(super::find::tables), predicate).parse(i)?;
    Ok((rest, Search { parameters, tables: tables.unwrap_or_default(), predicate, span: i.span_to(rest) }))
}

impl Print for Search {
    fn print(&self, p: &mut Printer) {
        p.word("search").parameters(&self.parameters);
        if !self.tables.is_empty() {
            p.word(" in (").tables(&self.tables).word(")");
        }
        p.space().expr(&self.predicate);
    }
}

/// A condition, or `*`, or `* and` a condition.
fn predicate(i: In<'_>) -> R<'_, Expr> {
    if let Ok(found) = expr(i) {
        return Ok(found);
    }
    if !i.at(Kind::Star) {
        return need_expr("a text to look for")(i);
    }
    let (rest, all) = star(i);
    if !rest.at_word("and") {
        return Ok((rest, all));
    }
    let (rest, other) = need_expr("a condition")(rest.skip(1))?;
    let kind = ExprKind::Chain(Box::new(all), vec![(BinaryOp::And, other)]);
    Ok((rest, Expr::new(kind, i.span_to(rest))))
}
