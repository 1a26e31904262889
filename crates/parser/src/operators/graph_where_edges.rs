//! `graph-where-edges`: keeps edges. `G | graph-where-edges weight > 1`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::print::{Print, Printer};

/// `G | graph-where-edges weight > 1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphWhereEdges {
    /// What an edge must satisfy.
    pub predicate: Expr,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, GraphWhereEdges> {
    let (rest, (_, predicate)) = (keyword, need_expr("a condition")).parse(i)?;
    Ok((rest, GraphWhereEdges { predicate, span: i.span_to(rest) }))
}

impl Print for GraphWhereEdges {
    fn print(&self, p: &mut Printer) {
        p.word("graph-where-edges ").expr(&self.predicate);
    }
}
