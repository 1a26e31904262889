//! `__partitionby`: runs a pipeline for each value of a column, inside the service. `T | __partitionby k (top 1 by x)`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `T | __partitionby k (top 1 by x)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionBy {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The column.
    pub by: Expr,
    /// `id guid(…)`: rarely used.
    pub context: Option<Expr>,
    /// What is done to each part.
    pub subquery: Pipeline,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, PartitionBy> {
    let (rest, (_, parameters, by, context, subquery)) = (
        keyword,
        parameters(&[]),
        |i| need_with(i, "a column", column_path),
        opt(preceded(word("id"), |i| need_with(i, "a guid", literal))),
        need_subquery,
    )
        .parse(i)?;
    Ok((rest, PartitionBy { parameters, by, context, subquery, span: i.span_to(rest) }))
}

impl Print for PartitionBy {
    fn print(&self, p: &mut Printer) {
        p.word("__partitionby").parameters(&self.parameters).space().expr(&self.by);
        if let Some(context) = &self.context {
            p.word(" id ").expr(context);
        }
        p.space().subquery(&self.subquery);
    }
}
