//! `graph-shortest-paths`: finds shortest paths in a graph. `G | graph-shortest-paths [output=all] (a)-[e*1..9]->(b) where … project …`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};

/// `G | graph-shortest-paths [output=all] (a)-[e*1..9]->(b) where … project …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphShortestPaths {
    /// `output = …`
    pub parameters: Vec<OperatorParameter>,
    /// The patterns.
    pub patterns: Vec<GraphPattern>,
    /// `where …`
    pub predicate: Option<Expr>,
    /// `project …`
    pub columns: Option<Vec<NamedExpr>>,
    /// Where.
    pub span: Span,
}

pub(super) fn parse(i: In<'_>) -> R<'_, GraphShortestPaths> {
    let (rest, (_, parameters, patterns)) = (
        keyword,
        parameters(&["output"]),
        list("a pattern such as `(a)-[e]->(b)`", super::graph_match::pattern),
    )
        .parse(i)?;
    let predicate = opt(preceded(word("where"), need_pipe_expr("a condition")));
    let columns = opt(preceded(word("project"), list("a column", named)));
    let (rest, (predicate, columns)) = (predicate, columns).parse(rest)?;
    Ok((rest, GraphShortestPaths { parameters, patterns, predicate, columns, span: i.span_to(rest) }))
}

impl Print for GraphShortestPaths {
    fn print(&self, p: &mut Printer) {
        p.word("graph-shortest-paths").parameters(&self.parameters).space();
        super::graph_match::print_body(p, &self.patterns, self.predicate.as_ref(), self.columns.as_deref());
    }
}
