//! Columns as operators list them: names, patterns, sort keys.

use nom::Parser;
use nom::combinator::opt;

use crate::ast::{Direction, Expr, ExprKind, Nulls, SortKey, Step};
use crate::expression::{named, need_expr, need_named};
use crate::grammar::*;
use crate::token::Kind;

/// A name or a pattern of names: `a`, `tmp*`, `*`.
pub(crate) fn name_or_wildcard(i: In<'_>) -> R<'_, Expr> {
    if let Ok((rest, found)) = wildcard(i) {
        let span = found.span;
        return Ok((rest, Expr::new(ExprKind::Wildcard(found), span)));
    }
    let (rest, found) = name(i)?;
    let span = found.span;
    Ok((rest, Expr::new(ExprKind::Name(found), span)))
}

/// A column, perhaps a path into it: `a`, `a.b["c"]`.
pub(crate) fn column_path(i: In<'_>) -> R<'_, Expr> {
    let (mut rest, root) = name(i)?;
    let root = Expr::new(ExprKind::Name(root.clone()), root.span);
    let mut steps = Vec::new();
    loop {
        if rest.at(Kind::Dot) {
            let (after, field) = need_name("a name")(rest.skip(1))?;
            steps.push(Step::Field(field));
            rest = after;
        } else if rest.at(Kind::OpenBracket) {
            let (after, index) = brackets(need_expr("an index or a key"))(rest)?;
            steps.extend(index.map(Step::Index));
            rest = after;
        } else {
            break;
        }
    }
    if steps.is_empty() {
        return Ok((rest, root));
    }
    Ok((rest, Expr::new(ExprKind::Path(Box::new(root), steps), i.span_to(rest))))
}

/// `expression asc nulls first`
pub(crate) fn sort_key(i: In<'_>) -> R<'_, SortKey> {
    let (rest, value) = named(i)?;
    ordered(i, rest, value)
}

/// A [`sort_key`], reported when it is missing.
pub(crate) fn need_sort_key<'a>(what: &'static str) -> impl Fn(In<'a>) -> R<'a, SortKey> + Copy {
    move |i| {
        let (rest, value) = need_named(what)(i)?;
        ordered(i, rest, value)
    }
}

fn ordered<'a>(start: In<'a>, i: In<'a>, value: crate::ast::NamedExpr) -> R<'a, SortKey> {
    let (rest, (direction, nulls)) = (opt(direction), opt(nulls)).parse(i)?;
    Ok((rest, SortKey { value, direction, nulls: nulls.flatten(), span: start.span_to(rest) }))
}

/// `asc`, `desc`, `granny-asc`, `granny-desc`
pub(crate) fn direction(i: In<'_>) -> R<'_, Direction> {
    let found = match i.nth_text(0) {
        "asc" => Direction::Ascending,
        "desc" => Direction::Descending,
        "granny-asc" => Direction::GrannyAscending,
        "granny-desc" => Direction::GrannyDescending,
        _ => return miss(),
    };
    Ok((i.skip(1), found))
}

/// `nulls first`, `nulls last`
fn nulls(i: In<'_>) -> R<'_, Option<Nulls>> {
    let (rest, _) = word("nulls")(i)?;
    match rest.nth_text(0) {
        "first" => Ok((rest.skip(1), Some(Nulls::First))),
        "last" => Ok((rest.skip(1), Some(Nulls::Last))),
        _ => {
            rest.expected("KS005", "`first` or `last`");
            Ok((rest, None))
        }
    }
}
