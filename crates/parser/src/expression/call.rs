//! Function calls and named expressions.

use crate::Diagnostic;
use crate::ast::{Call, Expr, ExprKind, Name, NamedExpr, Step, Target};
use crate::expression::{expr, need_expr, need_pipe_expr, star};
use crate::grammar::*;
use crate::keywords::Word;
use crate::token::Kind;

/// Functions whose argument is a subquery, pipes and all.
const TAKES_QUERY: [&str; 3] = ["toscalar", "totable", "materialize"];

/// `f(a, n = b, *)`, `toscalar(T | count)`
pub(crate) fn call(i: In<'_>) -> R<'_, Call> {
    if let Some(found) = query_call(i) {
        return found;
    }
    let (rest, name) = name(i)?;
    if !rest.at(Kind::OpenParen) {
        return miss();
    }
    finish(i, rest, name, list0("an argument", argument))
}

/// A call of a function that takes a subquery; none when this is no such call.
fn query_call(i: In<'_>) -> Option<R<'_, Call>> {
    if !TAKES_QUERY.contains(&i.nth_text(0)) || !matches!(i.kind(), Kind::Word(_)) {
        return None;
    }
    let name = Name::new(i.nth_text(0), i.peek().span());
    // `toscalar kind=nooptimization (…)`: a hint that changes no answer.
    let hinted = i.nth_is_word(1, "kind") && i.nth(2).kind == Kind::Assign;
    let rest = i.skip(if hinted { 4 } else { 1 });
    if !rest.at(Kind::OpenParen) {
        return None;
    }
    let query = |i| {
        let (rest, value) = need_pipe_expr("a subquery")(i)?;
        let span = value.span;
        Ok((rest, vec![NamedExpr { target: Target::None, value, span }]))
    };
    Some(finish(i, rest, name, query))
}

fn finish<'a>(
    start: In<'a>,
    i: In<'a>,
    name: Name,
    arguments: impl Fn(In<'a>) -> R<'a, Vec<NamedExpr>>,
) -> R<'a, Call> {
    let (rest, arguments) = parens(arguments)(i)?;
    Ok((rest, Call { name, arguments: arguments.unwrap_or_default(), span: start.span_to(rest) }))
}

/// `f(x)`, `cluster("c").database("d").f(x)`: where only calls may stand.
pub(crate) fn dotted_call(i: In<'_>) -> R<'_, Expr> {
    let (mut rest, first) = call(i)?;
    let mut steps = Vec::new();
    while rest.at(Kind::Dot) {
        let Ok((after, next)) = call(rest.skip(1)) else { break };
        steps.push(Step::Call(next));
        rest = after;
    }
    let span = first.span;
    let first = Expr::new(ExprKind::Call(first), span);
    if steps.is_empty() {
        return Ok((rest, first));
    }
    Ok((rest, Expr::new(ExprKind::Path(Box::new(first), steps), i.span_to(rest))))
}

/// An argument: `*`, or an expression with or without a name.
fn argument(i: In<'_>) -> R<'_, NamedExpr> {
    if i.at(Kind::Star) && matches!(i.nth(1).kind, Kind::End | Kind::Comma) {
        let (rest, value) = star(i);
        return Ok((rest, unnamed(value)));
    }
    named(i)
}

fn unnamed(value: Expr) -> NamedExpr {
    let span = value.span;
    NamedExpr { target: Target::None, value, span }
}

/// `n = expression`, `(a, b) = expression`, `expression`
pub(crate) fn named(i: In<'_>) -> R<'_, NamedExpr> {
    if let Some((after, target)) = target(i) {
        let (rest, value) = need_expr("an expression")(after)?;
        return Ok((rest, NamedExpr { target, value, span: i.span_to(rest) }));
    }
    let (rest, value) = expr(i)?;
    Ok((rest, unnamed(value)))
}

/// A [`named`] expression, reported when it is missing.
pub(crate) fn need_named<'a>(what: &'static str) -> impl Fn(In<'a>) -> R<'a, NamedExpr> + Copy {
    move |i| {
        named(i).or_else(|_| {
            i.expected("KS006", what);
            Ok((i, unnamed(Expr::new(ExprKind::Missing, i.gap()))))
        })
    }
}

/// The names before `=`, and the input behind it.
fn target(i: In<'_>) -> Option<(In<'_>, Target)> {
    if let Some(width) = name_width(i, true).filter(|width| i.nth(*width).kind == Kind::Assign) {
        let (_, name) = declared_name(i).ok()?;
        return Some((i.skip(width + 1), Target::Name(name)));
    }
    if matches!(i.kind(), Kind::Name | Kind::Word(_)) {
        return bare_name_target(i);
    }
    tuple_target(i)
}

/// `kind = 1`, `my-name = 1`: names that need brackets.
fn bare_name_target(i: In<'_>) -> Option<(In<'_>, Target)> {
    let part = |offset: &u32| {
        let lexeme = i.nth(*offset);
        let fits = matches!(lexeme.kind, Kind::Name | Kind::Word(_) | Kind::Minus);
        fits && (*offset == 0 || lexeme.adjacent())
    };
    let width = (0..).take_while(part).count() as u32;
    if i.nth(width).kind != Kind::Assign {
        return None;
    }
    let span = i.span_to(i.skip(width));
    let text = span.text(i.cx.text);
    i.complain(
        Diagnostic::error(span, format!("`{text}` cannot be a name as it stands"))
            .with_code("KS228")
            .with_help(format!("write ['{text}']")),
    );
    Some((i.skip(width + 1), Target::Name(Name::new(text, span))))
}

/// `(a, b) = `
fn tuple_target(i: In<'_>) -> Option<(In<'_>, Target)> {
    let close = i.at(Kind::OpenParen).then(|| i.mate(0)).flatten()?;
    if i.nth(close + 1).kind != Kind::Assign {
        return None;
    }
    let mut names = Vec::new();
    let mut at = i.skip(1);
    loop {
        let (rest, name) = declared_name(at).ok()?;
        names.push(name);
        at = rest;
        if at.same_place(i.skip(close)) {
            return Some((i.skip(close + 2), Target::Tuple(names)));
        }
        if !at.at(Kind::Comma) {
            return None;
        }
        at = at.skip(1);
    }
}

/// Whether a word of the language stands where only a name makes sense: `by == 1`.
pub(super) fn word_in_name_place(i: In<'_>) -> bool {
    if !matches!(i.kind(), Kind::Word(Word::Hard | Word::Declared)) {
        return false;
    }
    match i.nth(1).kind {
        Kind::Equal
        | Kind::BangEqual
        | Kind::EqualTilde
        | Kind::BangTilde
        | Kind::Greater
        | Kind::GreaterEqual
        | Kind::Less
        | Kind::LessEqual
        | Kind::Star
        | Kind::Slash
        | Kind::Percent
        | Kind::Dot
        | Kind::Comma
        | Kind::Colon
        | Kind::Bar => true,
        Kind::Word(_) => {
            let next = i.nth_text(1);
            matches!(
                next,
                "and" | "or" | "in" | "in~" | "!in" | "!in~" | "has_any" | "has_all" | "between" | "!between"
            ) || crate::ast::TextOp::from_symbol(next).is_some()
        }
        _ => false,
    }
}
