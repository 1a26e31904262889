//! Tabular expressions: a source, then operators after `|`, and what to do when an operator is not understood.

mod column;
mod parameter;
mod schema;

pub(crate) use column::*;
pub(crate) use parameter::*;
pub(crate) use schema::*;

use crate::Diagnostic;
use crate::ast::{Expr, ExprKind, Operator, Pipeline, Source, UnknownOperator};
use crate::expression::expr;
use crate::grammar::*;
use crate::habits;
use crate::keywords::OPERATORS;
use crate::operators;
use crate::token::Kind;

/// A source and its operators; a lone expression is a pipeline too.
pub(crate) fn pipeline(i: In<'_>) -> R<'_, Pipeline> {
    let (rest, source) = source(i)?;
    let (rest, operators) = following(rest)?;
    Ok((rest, Pipeline { source, operators, span: i.span_to(rest) }))
}

/// Whether a table could stand here.
pub(crate) fn pipeline_begins(i: In<'_>) -> bool {
    matches!(i.kind(), Kind::Name | Kind::Word(_) | Kind::OpenBracket | Kind::OpenParen)
}

/// Operators on the rows of the operator that the brackets belong to: `(where x > 1 | count)`.
pub(crate) fn subquery(i: In<'_>) -> R<'_, Pipeline> {
    let (rest, first) = operator(i)?;
    let (rest, mut others) = following(rest)?;
    others.insert(0, first);
    Ok((rest, Pipeline { source: Source::Input, operators: others, span: i.span_to(rest) }))
}

/// A [`subquery`] or, where no operator begins, a [`pipeline`].
pub(crate) fn subquery_or_pipeline(i: In<'_>) -> R<'_, Pipeline> {
    if operators::begins(i) || i.is_done() { subquery(i) } else { pipeline(i).or_else(|_| subquery(i)) }
}

/// `(subquery)`, reported when it is missing.
pub(crate) fn need_subquery(i: In<'_>) -> R<'_, Pipeline> {
    let (rest, found) = expect("`(` and a subquery", parens(subquery))(i)?;
    Ok((rest, found.flatten().unwrap_or_else(|| empty(i))))
}

/// A pipeline of nothing, for one that is missing.
pub(crate) fn empty(i: In<'_>) -> Pipeline {
    Pipeline { source: Source::Input, operators: Vec::new(), span: i.gap() }
}

/// `| operator | operator …`
pub(crate) fn following(mut i: In<'_>) -> R<'_, Vec<Operator>> {
    let mut found = Vec::new();
    while i.at(Kind::Bar) {
        let (rest, next) = operator(i.skip(1))?;
        found.push(next);
        i = rest;
    }
    Ok((i, found))
}

fn source(i: In<'_>) -> R<'_, Source> {
    if operators::begins_query(i) {
        if let Ok(found) = operators::source(i) {
            return Ok(found);
        }
        if operators::begins(i) {
            return Ok((misplaced(i), Source::Input));
        }
    }
    let (rest, found) = expr(i)?;
    Ok((rest, as_source(found)))
}

/// A table written out stands as itself, any other expression as an expression.
fn as_source(found: Expr) -> Source {
    match found.kind {
        ExprKind::Pipeline(inner)
            if inner.operators.is_empty()
                && matches!(
                    inner.source,
                    Source::Datatable(_) | Source::Externaldata(_) | Source::InlineExternalTable(_)
                ) =>
        {
            inner.source
        }
        kind => Source::Expression(Expr { kind, span: found.span }),
    }
}

/// An operator where a table should be: it is read for its own faults, then left out.
fn misplaced(i: In<'_>) -> In<'_> {
    let word = i.nth_text(0);
    i.cx.report(
        Diagnostic::error(
            i.peek().span(),
            format!("`{word}` needs rows to work on, but nothing stands before it"),
        )
        .with_code("KS174")
        .with_help(format!("begin with a table: `T | {word} …`")),
    );
    operator(i).map_or(i.skip(1), |(rest, _)| rest)
}

/// One operator. What it leaves before the next `|` is reported and skipped.
pub(crate) fn operator(i: In<'_>) -> R<'_, Operator> {
    let Ok((rest, found)) = operators::operator(i) else { return Ok(unknown(i)) };
    if ends(rest) {
        return Ok((rest, found));
    }
    leftover(i, rest);
    Ok((skip_to_end(rest), found))
}

/// Reports what stands behind a whole operator.
fn leftover(operator: In<'_>, i: In<'_>) {
    let (keyword, text) = (operator.nth_text(0), i.nth_text(0));
    let help = match i.kind() {
        Kind::Less | Kind::LessEqual | Kind::Greater | Kind::GreaterEqual | Kind::Equal | Kind::BangEqual => {
            Some("comparisons do not chain: join them with `and`, as in `1 < a and a < 5`".to_string())
        }
        _ if habits::behind(keyword, i).is_some() => habits::behind(keyword, i),
        _ if operators::begins(i) => Some(format!("put `|` before `{text}`")),
        Kind::Name | Kind::Word(_) | Kind::String | Kind::Long | Kind::Real | Kind::OpenParen => i
            .begins_line()
            .then(|| "end the statement before it with `;`, or begin the line with `|`".to_string()),
        _ => None,
    };
    i.unexpected("KS198", &format!("`{keyword}` ends"), help);
}

/// Whether a segment of a pipeline may end here.
pub(crate) fn ends(i: In<'_>) -> bool {
    match i.kind() {
        Kind::End | Kind::Bar | Kind::Semicolon => true,
        // Of brackets that are never closed, or of what follows in operators that hold pipelines.
        Kind::CloseParen | Kind::CloseBracket | Kind::CloseBrace | Kind::Comma => i.mate(0).is_none(),
        _ => starts_statement(i),
    }
}

/// Whether a `let` or `set` was begun without the `;` before it.
fn starts_statement(i: In<'_>) -> bool {
    matches!(i.nth_text(0), "let" | "set") && i.nth(2).kind == Kind::Assign
}

/// The input at the next `|` or `;` outside brackets.
pub(crate) fn skip_to_end(mut i: In<'_>) -> In<'_> {
    while !matches!(i.kind(), Kind::End | Kind::Bar | Kind::Semicolon) && !starts_statement(i) {
        i = i.skip(i.after(0));
    }
    i
}

fn unknown(i: In<'_>) -> (In<'_>, Operator) {
    let word = dashed_word(i);
    let start = i.peek().start;
    let span = crate::Span::new(start, start + word.len() as u32);
    let named = matches!(i.kind(), Kind::Name | Kind::Word(_));
    if matches!(word, "print" | "range" | "datatable" | "externaldata") {
        i.complain(
            Diagnostic::error(span, format!("`{word}` begins a query and takes no rows"))
                .with_code("KS175")
                .with_help("remove what stands before it, or end that with `;`"),
        );
    } else if named {
        let diagnostic = Diagnostic::error(span, format!("`{word}` is no query operator")).with_code("KS176");
        i.complain(diagnostic.with_help(operator_help(word, i.nth(1).kind == Kind::OpenParen)));
    } else {
        i.expected("KS176", "a query operator");
        // `a || b`: what follows is no operator either.
        if i.at(Kind::Bar) && i.peek().adjacent() {
            let rest = skip_to_end(i.skip(1));
            return (
                rest,
                Operator::Unknown(UnknownOperator { keyword: i.missing_name(), span: i.span_to(rest) }),
            );
        }
    }
    let keyword = if named { crate::ast::Name::new(word, span) } else { i.missing_name() };
    let rest = skip_to_end(i);
    (rest, Operator::Unknown(UnknownOperator { keyword, span: i.span_to(rest) }))
}

/// The word here, with what is joined to it by dashes: `project-aways`.
fn dashed_word(i: In<'_>) -> &str {
    let joined = |offset: &u32| {
        let next = i.nth(*offset);
        next.adjacent() && matches!(next.kind, Kind::Name | Kind::Word(_) | Kind::Minus)
    };
    let count = 1 + (1..).take_while(joined).count() as u32;
    i.span_to(i.skip(count)).text(i.cx.text)
}

/// What may have been meant by a word that is no operator.
fn operator_help(word: &str, calls: bool) -> String {
    let lower = word.to_ascii_lowercase();
    if let Some(help) = habits::operator(word, calls) {
        return help;
    }
    let Some(known) = nearest(&lower, OPERATORS) else {
        return "operators are `where`, `extend`, `project`, `summarize`, `sort`, `join` and others"
            .to_string();
    };
    if known == lower {
        format!("write `{known}`: operators are in lower case")
    } else {
        format!("use `{known}`")
    }
}

/// The word nearest to another, when it is near enough to be meant.
pub(crate) fn nearest(word: &str, known: &[&'static str]) -> Option<&'static str> {
    let limit = 1 + word.len() / 4;
    known
        .iter()
        .map(|candidate| (distance(word.as_bytes(), candidate.as_bytes()), *candidate))
        .filter(|(far, _)| *far <= limit)
        .min_by_key(|(far, _)| *far)
        .map(|(_, candidate)| candidate)
}

/// How many letters must change to make one word of the other.
fn distance(a: &[u8], b: &[u8]) -> usize {
    if a.len() > 32 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// Whether the list of `in (…)` is a subquery: it begins with an operator, or has a `|` before its first comma.
pub(crate) fn is_query(i: In<'_>) -> bool {
    if operators::begins_query(i) {
        return true;
    }
    let mut offset = 0;
    loop {
        match i.nth(offset).kind {
            Kind::End | Kind::Comma | Kind::Semicolon | Kind::CloseParen => return false,
            Kind::Bar => return true,
            _ => offset = i.after(offset),
        }
    }
}
