//! `graph-match`: finds a pattern in a graph. `G | graph-match [cycles=none] (a)-[e*1..3]->(b) where a.x == 1 project a.x`

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

/// `G | graph-match [cycles=none] (a)-[e*1..3]->(b) where a.x == 1 project a.x`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphMatch {
    /// `cycles = …`
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

/// `(a)-[e]->(b)`: nodes and edges in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphPattern {
    /// The elements.
    pub elements: Vec<GraphElement>,
    /// Where.
    pub span: Span,
}

/// A node or an edge of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GraphElement {
    /// `(a)`, `()`
    Node(Option<Name>),
    /// `-[e*1..3]->`, `<-[e]-`, `--`
    Edge(GraphEdge),
}

/// An edge of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphEdge {
    /// Its name.
    pub name: Option<Name>,
    /// Which way it runs.
    pub direction: EdgeDirection,
    /// `*1..3`: how many hops.
    pub hops: Option<(Expr, Expr)>,
    /// Where.
    pub span: Span,
}

/// Which way an edge runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeDirection {
    /// `-->`
    Right,
    /// `<--`
    Left,
    /// `--`
    Any,
}

pub(super) fn parse(i: In<'_>) -> R<'_, GraphMatch> {
    let (rest, (_, parameters, patterns)) =
        (keyword, parameters(&[]), list("a pattern such as `(a)-[e]->(b)`", pattern)).parse(i)?;
    let predicate = opt(preceded(word("where"), need_pipe_expr("a condition")));
    let columns = opt(preceded(word("project"), list("a column", named)));
    let (rest, (predicate, columns)) = (predicate, columns).parse(rest)?;
    Ok((rest, GraphMatch { parameters, patterns, predicate, columns, span: i.span_to(rest) }))
}

impl Print for GraphMatch {
    fn print(&self, p: &mut Printer) {
        p.word("graph-match").parameters(&self.parameters).space();
        print_body(p, &self.patterns, self.predicate.as_ref(), self.columns.as_deref());
    }
}

/// `(a)-[e]->(b)`
pub(super) fn pattern(i: In<'_>) -> R<'_, GraphPattern> {
    let (rest, elements) = many(element)(i)?;
    if elements.is_empty() {
        return miss();
    }
    Ok((rest, GraphPattern { elements, span: i.span_to(rest) }))
}

fn element(i: In<'_>) -> R<'_, GraphElement> {
    if i.at(Kind::OpenParen) {
        let (rest, name) = parens(opt(name)).parse(i)?;
        return Ok((rest, GraphElement::Node(name.flatten())));
    }
    edge(i).map(|(rest, found)| (rest, GraphElement::Edge(found)))
}

fn edge(i: In<'_>) -> R<'_, GraphEdge> {
    use EdgeDirection::{Any, Left, Right};
    use Kind::{Greater, Less, Minus, OpenBracket};
    let bare: [(&'static [Kind], EdgeDirection); 3] =
        [(&[Minus, Minus, Greater], Right), (&[Less, Minus, Minus], Left), (&[Minus, Minus], Any)];
    for (text, direction) in bare {
        if let Ok((rest, ())) = sign(text)(i) {
            return Ok((rest, GraphEdge { name: None, direction, hops: None, span: i.span_to(rest) }));
        }
    }
    let left = sign(&[Less, Minus, OpenBracket])(i).is_ok();
    if !left && sign(&[Minus, OpenBracket])(i).is_err() {
        return miss();
    }
    let inside = i.skip(if left { 2 } else { 1 });
    let (rest, found) = brackets((opt(name), opt(hops))).parse(inside)?;
    let (name, hops) = found.unwrap_or((None, None));
    let (rest, ()) = need(Minus, "`-` or `->`")(rest)?;
    let right = rest.at(Greater) && rest.peek().adjacent();
    let rest = if right { rest.skip(1) } else { rest };
    let direction = match (left, right) {
        (true, false) => Left,
        (false, true) => Right,
        _ => Any,
    };
    Ok((rest, GraphEdge { name, direction, hops, span: i.span_to(rest) }))
}

/// `*1..3`
fn hops(i: In<'_>) -> R<'_, (Expr, Expr)> {
    if !i.at(Kind::Star) {
        return miss();
    }
    let bound = |what| move |i| need_with(i, what, signed);
    let (rest, (least, (), most)) =
        (bound("the least number of hops"), need(Kind::DotDot, "`..`"), bound("the greatest number of hops"))
            .parse(i.skip(1))?;
    Ok((rest, (least, most)))
}

/// Patterns, condition and columns, as both graph operators print them.
pub(super) fn print_body(
    p: &mut Printer,
    patterns: &[GraphPattern],
    predicate: Option<&Expr>,
    columns: Option<&[NamedExpr]>,
) {
    for (index, pattern) in patterns.iter().enumerate() {
        p.word(if index > 0 { ", " } else { "" });
        for element in &pattern.elements {
            print_element(p, element);
        }
    }
    if let Some(predicate) = predicate {
        p.word(" where ").pipe_expr(predicate);
    }
    if let Some(columns) = columns {
        p.word(" project ").named_list(columns);
    }
}

fn print_element(p: &mut Printer, element: &GraphElement) {
    let edge = match element {
        GraphElement::Node(node) => {
            p.word("(");
            if let Some(node) = node {
                p.name(node);
            }
            p.word(")");
            return;
        }
        GraphElement::Edge(edge) => edge,
    };
    let (before, after) = match edge.direction {
        EdgeDirection::Left => ("<-", "-"),
        EdgeDirection::Right => ("-", "->"),
        EdgeDirection::Any => ("-", "-"),
    };
    p.word(before);
    if edge.name.is_some() || edge.hops.is_some() {
        p.word("[");
        if let Some(name) = &edge.name {
            p.name(name);
        }
        if let Some((least, most)) = &edge.hops {
            p.word("*").operand(least).word("..").operand(most);
        }
        p.word("]");
    }
    p.word(after);
}
