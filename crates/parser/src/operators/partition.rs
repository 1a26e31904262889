//! `partition`: runs a pipeline for each value of a column. `T | partition hint.strategy=native by k (top 1 by x)`

use nom::Parser;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `T | partition hint.strategy=native by k (top 1 by x)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    /// `hint.…`
    pub parameters: Vec<OperatorParameter>,
    /// The column.
    pub by: Expr,
    /// What is done to each part.
    pub body: PartitionBody,
    /// Where.
    pub span: Span,
}

/// What `partition` does to each part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartitionBody {
    /// `(top 1 by x)`: operators on the part; the source is [`Source::Input`].
    Operators(Pipeline),
    /// `{T | where k == toscalar(k)}`: a query of its own.
    Query(Pipeline),
}

pub(super) fn parse(i: In<'_>) -> R<'_, Partition> {
    let column = |i| need_with(i, "a column", column_path);
    let by = preceded(need_word("by", "`by` and a column"), column);
    let (rest, (_, parameters, by, body)) =
        (keyword, parameters(&[]), by, expect("`(` and a subquery", body)).parse(i)?;
    let body = body.unwrap_or_else(|| PartitionBody::Operators(empty(rest)));
    Ok((rest, Partition { parameters, by, body, span: i.span_to(rest) }))
}

fn body(i: In<'_>) -> R<'_, PartitionBody> {
    if i.at(Kind::OpenBrace) {
        let (rest, found) = braces(expect("a query", pipeline))(i)?;
        return Ok((rest, PartitionBody::Query(found.flatten().unwrap_or_else(|| empty(i)))));
    }
    let (rest, found) = parens(subquery)(i)?;
    Ok((rest, PartitionBody::Operators(found.unwrap_or_else(|| empty(i)))))
}

impl Print for Partition {
    fn print(&self, p: &mut Printer) {
        p.word("partition").parameters(&self.parameters).word(" by ").expr(&self.by).space();
        match &self.body {
            PartitionBody::Operators(pipeline) => p.subquery(pipeline),
            PartitionBody::Query(pipeline) => p.enclosed("{", pipeline, "}"),
        };
    }
}
