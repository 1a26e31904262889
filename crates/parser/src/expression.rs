//! Scalar expressions, as plain recursive functions that nom's combinators see as parsers: [`expr`],
//! [`need_expr`], [`named`] and [`pipe_expr`].
//!
//! Tiers, loosest first: `or`; `and`; equality, `in`, `between` (not chained); `<` and its kin (not chained);
//! `+ -`; `* / %`; text operators (not chained); a sign; a path. A tier is one node, so only brackets nest.

mod call;
mod primary;

pub(crate) use call::{call, dotted_call, named, need_named};
pub(crate) use primary::{dynamic_value, literal, path, string_literal, type_of, wildcard_path};

use nom::Parser;
use nom::combinator::opt;

use crate::ast::{BinaryOp, CompareOp, Expr, ExprKind, MembershipOp, Source, TextOp, UnaryOp};
use crate::grammar::*;
use crate::pipeline;
use crate::token::Kind;

/// An expression without a name and without pipes.
pub(crate) fn expr(i: In<'_>) -> R<'_, Expr> {
    chain(i, &["or"], |i| chain(i, &["and"], equality))
}

/// An expression, reported when it is missing.
pub(crate) fn need_expr<'a>(what: &'static str) -> impl Fn(In<'a>) -> R<'a, Expr> + Copy {
    move |i| need_with(i, what, expr)
}

/// An expression in which pipes are allowed: a scalar or a subquery.
pub(crate) fn pipe_expr(i: In<'_>) -> R<'_, Expr> {
    let (rest, pipeline) = pipeline::pipeline(i)?;
    Ok((rest, unwrap_pipeline(pipeline)))
}

/// A [`pipe_expr`], reported when it is missing.
pub(crate) fn need_pipe_expr<'a>(what: &'static str) -> impl Fn(In<'a>) -> R<'a, Expr> + Copy {
    move |i| need_with(i, what, pipe_expr)
}

/// A pipeline as an expression; one that is a lone expression is that expression.
pub(crate) fn unwrap_pipeline(pipeline: crate::ast::Pipeline) -> Expr {
    match pipeline.source {
        Source::Expression(expr) if pipeline.operators.is_empty() => expr,
        _ => {
            let span = pipeline.span;
            Expr::new(ExprKind::Pipeline(Box::new(pipeline)), span)
        }
    }
}

pub(crate) fn need_with<'a>(
    i: In<'a>,
    what: &'static str,
    parser: impl Fn(In<'a>) -> R<'a, Expr>,
) -> R<'a, Expr> {
    parser(i).or_else(|_| {
        i.expected("KS006", what);
        Ok((i, Expr::new(ExprKind::Missing, i.gap())))
    })
}

/// The operator of a chaining tier at this token.
fn chain_operator(i: In<'_>, words: &[&str]) -> Option<BinaryOp> {
    words
        .iter()
        .any(|word| i.at_word(word))
        .then(|| if i.at_word("or") { BinaryOp::Or } else { BinaryOp::And })
}

/// A tier of `and` or `or`.
fn chain<'a>(i: In<'a>, words: &[&str], operand: impl Fn(In<'a>) -> R<'a, Expr>) -> R<'a, Expr> {
    collect(i, |i| chain_operator(i, words), operand)
}

fn additive(i: In<'_>) -> R<'_, Expr> {
    let operator = |i: In<'_>| match i.kind() {
        Kind::Plus => Some(BinaryOp::Add),
        Kind::Minus => Some(BinaryOp::Subtract),
        _ => None,
    };
    collect(i, operator, multiplicative)
}

fn multiplicative(i: In<'_>) -> R<'_, Expr> {
    let operator = |i: In<'_>| match i.kind() {
        Kind::Star => Some(BinaryOp::Multiply),
        Kind::Slash => Some(BinaryOp::Divide),
        Kind::Percent => Some(BinaryOp::Modulo),
        _ => None,
    };
    collect(i, operator, text_comparison)
}

/// One node for all operators of a tier.
fn collect<'a>(
    i: In<'a>,
    operator: impl Fn(In<'a>) -> Option<BinaryOp>,
    operand: impl Fn(In<'a>) -> R<'a, Expr>,
) -> R<'a, Expr> {
    let (mut rest, first) = operand(i)?;
    let mut others = Vec::new();
    while let Some(found) = operator(rest) {
        let (after, next) = need_with(rest.skip(1), "an expression", &operand)?;
        others.push((found, next));
        rest = after;
    }
    if others.is_empty() {
        return Ok((rest, first));
    }
    Ok((rest, Expr::new(ExprKind::Chain(Box::new(first), others), i.span_to(rest))))
}

/// `==`, `!=`, `in`, `has_any`, `between` and their negations; they do not chain.
fn equality(i: In<'_>) -> R<'_, Expr> {
    let (rest, left) =
        if i.at(Kind::Star) && i.nth(1).kind == Kind::Equal { star(i) } else { relational(i)? };
    let compare = match rest.kind() {
        Kind::Equal => CompareOp::Equal,
        Kind::BangEqual | Kind::LessGreater => CompareOp::NotEqual,
        Kind::Word(_) => return worded_equality(i, rest, left),
        _ => return Ok((rest, left)),
    };
    let (rest, right) = need_with(rest.skip(1), "an expression", relational)?;
    let kind = ExprKind::Compare(compare, Box::new(left), Box::new(right));
    Ok((rest, Expr::new(kind, i.span_to(rest))))
}

fn worded_equality<'a>(start: In<'a>, i: In<'a>, left: Expr) -> R<'a, Expr> {
    let membership = match i.nth_text(0) {
        // `make-series … on t in range(…)`
        "in" if i.nth_is_word(1, "range") => return Ok((i, left)),
        "in" => MembershipOp::In,
        "!in" => MembershipOp::NotIn,
        "in~" => MembershipOp::InTilde,
        "!in~" => MembershipOp::NotInTilde,
        "has_any" => MembershipOp::HasAny,
        "has_all" => MembershipOp::HasAll,
        "between" => return between(start, i, left, false),
        "!between" => return between(start, i, left, true),
        _ => return Ok((i, left)),
    };
    let after = i.skip(1);
    if !after.at(Kind::OpenParen) {
        let help = format!("write the values in parentheses: `{} (\"a\", \"b\")`", i.nth_text(0));
        after.expected_with("KS005", "`(` and a list of values", Some(help));
    }
    let (rest, items) = opt(parens(member_list)).parse(after)?;
    let kind = ExprKind::Membership(membership, Box::new(left), items.flatten().unwrap_or_default());
    Ok((rest, Expr::new(kind, start.span_to(rest))))
}

/// The values of `in (…)`: a subquery, or expressions.
fn member_list(i: In<'_>) -> R<'_, Vec<Expr>> {
    if pipeline::is_query(i) {
        let (rest, query) = need_pipe_expr("a subquery")(i)?;
        return Ok((rest, vec![query]));
    }
    list("a value", expr)(i)
}

fn between<'a>(start: In<'a>, i: In<'a>, value: Expr, negated: bool) -> R<'a, Expr> {
    let bounds = |i| {
        let (i, low) = need_expr("a lower bound")(i)?;
        if !i.at(Kind::DotDot) {
            i.expected_with("KS005", "`..`", Some("write `between (low .. high)`".to_string()));
            return Ok((i.skip(u32::MAX), (low, Expr::new(ExprKind::Missing, i.gap()))));
        }
        let i = i.skip(1);
        let (i, high) = need_expr("an upper bound")(i)?;
        Ok((i, (low, high)))
    };
    let after = i.skip(1);
    if !after.at(Kind::OpenParen) {
        let help = "write `between (low .. high)`".to_string();
        after.expected_with("KS005", "`(` and two bounds", Some(help));
    }
    let (rest, bounds) = opt(parens(bounds)).parse(after)?;
    let missing = || Expr::new(ExprKind::Missing, rest.gap());
    let (low, high) = bounds.flatten().unwrap_or_else(|| (missing(), missing()));
    let kind =
        ExprKind::Between { negated, value: Box::new(value), low: Box::new(low), high: Box::new(high) };
    Ok((rest, Expr::new(kind, start.span_to(rest))))
}

/// `<`, `<=`, `>`, `>=`; they do not chain.
fn relational(i: In<'_>) -> R<'_, Expr> {
    let operator = |i: In<'_>| {
        Some(match i.kind() {
            Kind::Less => CompareOp::Less,
            Kind::LessEqual => CompareOp::LessOrEqual,
            Kind::Greater => CompareOp::Greater,
            Kind::GreaterEqual => CompareOp::GreaterOrEqual,
            _ => return None,
        })
    };
    let (rest, left) = additive(i)?;
    compare(i, rest, left, operator, additive)
}

/// `has`, `contains`, `=~`, `matches regex`, `:` and their kin; they do not chain.
fn text_comparison(i: In<'_>) -> R<'_, Expr> {
    let starred = i.at(Kind::Star) && text_operator(i.skip(1)).is_some();
    let (rest, left) = if starred { star(i) } else { signed(i)? };
    compare(i, rest, left, text_operator, signed)
}

fn text_operator(i: In<'_>) -> Option<CompareOp> {
    match i.kind() {
        Kind::EqualTilde => Some(CompareOp::EqualTilde),
        Kind::BangTilde => Some(CompareOp::NotEqualTilde),
        Kind::Colon => Some(CompareOp::Search),
        Kind::Word(_) => {
            let text = match i.nth_text(0) {
                "notcontains" => "!contains",
                "notcontainscs" => "!contains_cs",
                "containscs" => "contains_cs",
                text => text,
            };
            TextOp::from_symbol(text).map(CompareOp::Text)
        }
        _ => None,
    }
}

/// At most one comparison after `left`.
fn compare<'a>(
    start: In<'a>,
    i: In<'a>,
    left: Expr,
    operator: impl Fn(In<'a>) -> Option<CompareOp>,
    operand: impl Fn(In<'a>) -> R<'a, Expr>,
) -> R<'a, Expr> {
    let Some(found) = operator(i) else { return Ok((i, left)) };
    let (rest, right) = need_with(i.skip(1), "an expression", operand)?;
    let kind = ExprKind::Compare(found, Box::new(left), Box::new(right));
    Ok((rest, Expr::new(kind, start.span_to(rest))))
}

/// `-a`, `+a`, `a`; signs do not repeat.
pub(crate) fn signed(i: In<'_>) -> R<'_, Expr> {
    let sign = match i.kind() {
        Kind::Minus => UnaryOp::Minus,
        Kind::Plus => UnaryOp::Plus,
        _ => return path(i),
    };
    let (rest, operand) = need_with(after_signs(i.skip(1)), "an expression", path)?;
    Ok((rest, Expr::new(ExprKind::Unary(sign, Box::new(operand)), i.span_to(rest))))
}

/// Reports further signs, and steps over them.
fn after_signs(mut i: In<'_>) -> In<'_> {
    let first = i;
    while matches!(i.kind(), Kind::Minus | Kind::Plus) {
        i = i.skip(1);
    }
    if !i.same_place(first) {
        let help = "a comment begins with `//`; a sign is written once, or before parentheses: `-(-a)`";
        first.unexpected("KS006", "an expression should be", Some(help.to_string()));
    }
    i
}

/// `*`, where the caller has seen one.
pub(crate) fn star(i: In<'_>) -> (In<'_>, Expr) {
    (i.skip(1), Expr::new(ExprKind::Star, i.peek().span()))
}
