//! `facet`: one table for each column. `T | facet by a, b [with (take 5)]`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `T | facet by a, b [with (take 5)]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The columns.
    pub columns: Vec<Expr>,
    /// What is done to the rows of each value.
    pub with: Option<Pipeline>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, Facet> {
    let (rest, (_, (), columns, with)) = (
        keyword,
        need_word("by", "`by`"),
        list("a column", column_path),
        opt(preceded(word("with"), expect("a subquery", facet_query))),
    )
        .parse(i)?;
    Ok((
        rest,
        Facet {
            columns,
            with: with.map(|found| found.flatten().unwrap_or_else(|| empty(rest))),
            span: i.span_to(rest),
        },
    ))
}

impl Print for Facet {
    fn print(&self, p: &mut Printer) {
        p.word("facet by ").expr_list(&self.columns);
        if let Some(with) = &self.with {
            p.word(" with ").subquery(with);
        }
    }
}

/// `(take 5 | count)`, or one operator without parentheses.
fn facet_query(i: In<'_>) -> R<'_, Option<Pipeline>> {
    if i.at(Kind::OpenParen) {
        return parens(subquery).parse(i);
    }
    if !super::begins(i) {
        return miss();
    }
    let (rest, only) = super::operator(i)?;
    Ok((rest, Some(Pipeline { source: Source::Input, operators: vec![only], span: i.span_to(rest) })))
}
