//! `union`: the rows of several tables. `T | union kind=outer withsource=s A, (B | take 5), C*`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `T | union kind=outer withsource=s A, (B | take 5), C*`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Union {
    /// `kind`, `withsource`, `isfuzzy`, `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// Names, patterns, subqueries.
    pub tables: Vec<Expr>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Union> {
    let (rest, (_, parameters, tables)) =
        (keyword, parameters(&["best_effort"]), list("a table", operand)).parse(i)?;
    Ok((rest, Union { parameters, tables, span: i.span_to(rest) }))
}

impl Print for Union {
    fn print(&self, p: &mut Printer) {
        p.word("union").parameters(&self.parameters).space().tables(&self.tables);
    }
}

/// A table, a pattern of tables, or a subquery in parentheses.
fn operand(i: In<'_>) -> R<'_, Expr> {
    if i.at(Kind::OpenParen) { path(i) } else { wildcard_path(i) }
}
