//! `graph-where-nodes`: keeps nodes. `G | graph-where-nodes age > 1`

use nom::Parser;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::print::{Print, Printer};

/// `G | graph-where-nodes age > 1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphWhereNodes {
    /// What a node must satisfy.
    pub predicate: Expr,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, GraphWhereNodes> {
    let (rest, (_, predicate)) = (keyword, need_expr("a condition")).parse(i)?;
    Ok((rest, GraphWhereNodes { predicate, span: i.span_to(rest) }))
}

impl Print for GraphWhereNodes {
    fn print(&self, p: &mut Printer) {
        p.word("graph-where-nodes ").expr(&self.predicate);
    }
}
