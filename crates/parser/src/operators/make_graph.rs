//! `make-graph`: builds a graph of edges and nodes. `E | make-graph from --> to with N on id`

use nom::Parser;
use nom::branch::alt;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::keyword;
use crate::ast::*;
use crate::expression::*;
use crate::grammar::*;
use crate::pipeline::*;
use crate::print::{Print, Printer};
use crate::token::Kind;

/// `E | make-graph from --> to with N on id`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeGraph {
    /// `hint.strategy = …`
    pub parameters: Vec<OperatorParameter>,
    /// The column of an edge's source.
    pub source: Expr,
    /// `-->`, not `--`
    pub directed: bool,
    /// The column of an edge's target.
    pub target: Expr,
    /// `with N on id, M on id`
    pub nodes: Vec<GraphNodes>,
    /// `with_node_id = id`
    pub node_id: Option<Name>,
    /// `partitioned-by c (…)`
    pub partition: Option<GraphPartition>,
    /// Where.
    pub span: Span,
}

/// `N on id`: a table of nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphNodes {
    /// The table.
    pub table: Expr,
    /// The column of a node's key.
    pub key: Expr,
}

/// `partitioned-by c (…)`: a graph for each value of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphPartition {
    /// The column.
    pub column: Expr,
    /// What is done to each graph; its source is [`Source::Input`].
    pub subquery: Pipeline,
}

pub(super) fn parse(i: In<'_>) -> R<'_, MakeGraph> {
    let column = |what| move |i| need_with(i, what, name_expr);
    let (rest, (_, parameters, source)) =
        (keyword, parameters(&[]), column("the column of an edge's source")).parse(i)?;
    let arrow = sign(&[Kind::Minus, Kind::Minus, Kind::Greater]).map(|()| true);
    let line = sign(&[Kind::Minus, Kind::Minus]).map(|()| false);
    let (rest, directed) = expect("`-->` or `--`", alt((arrow, line)))(rest)?;
    let (rest, target) = column("the column of an edge's target")(rest)?;
    let (rest, node_id) = opt(node_id).parse(rest)?;
    let (rest, nodes) = opt(preceded(word("with"), list("a table of nodes", nodes))).parse(rest)?;
    let (rest, partition) = opt(partition).parse(rest)?;
    let made = MakeGraph {
        parameters,
        source,
        directed: directed.unwrap_or(true),
        target,
        nodes: nodes.unwrap_or_default(),
        node_id,
        partition,
        span: i.span_to(rest),
    };
    Ok((rest, made))
}

fn name_expr(i: In<'_>) -> R<'_, Expr> {
    let (rest, found) = name(i)?;
    let span = found.span;
    Ok((rest, Expr::new(ExprKind::Name(found), span)))
}

/// `with_node_id = id`
fn node_id(i: In<'_>) -> R<'_, Name> {
    preceded((word("with_node_id"), need(Kind::Assign, "`=`")), need_name("a column")).parse(i)
}

/// `N on id`
fn nodes(i: In<'_>) -> R<'_, GraphNodes> {
    let key = |i| need_with(i, "a column", name_expr);
    let (rest, (table, (), key)) = (signed, need_word("on", "`on`"), key).parse(i)?;
    Ok((rest, GraphNodes { table, key }))
}

fn partition(i: In<'_>) -> R<'_, GraphPartition> {
    let column = |i| need_with(i, "a column", column_path);
    let (rest, (_, column, subquery)) = (word("partitioned-by"), column, need_subquery).parse(i)?;
    Ok((rest, GraphPartition { column, subquery }))
}

impl Print for MakeGraph {
    fn print(&self, p: &mut Printer) {
        let arrow = if self.directed { " --> " } else { " -- " };
        p.word("make-graph").parameters(&self.parameters).space();
        p.expr(&self.source).word(arrow).expr(&self.target);
        if let Some(id) = &self.node_id {
            p.word(" with_node_id = ").name(id);
        }
        for (index, nodes) in self.nodes.iter().enumerate() {
            p.word(if index > 0 { ", " } else { " with " });
            p.operand(&nodes.table).word(" on ").expr(&nodes.key);
        }
        if let Some(partition) = &self.partition {
            p.word(" partitioned-by ").expr(&partition.column).space().subquery(&partition.subquery);
        }
    }
}
