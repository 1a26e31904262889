//! Literals, names, paths, parentheses: what stands between operators.

use super::call::{call, word_in_name_place};
use super::{need_expr, need_pipe_expr};
use crate::ast::{DynamicValue, Expr, ExprKind, Literal, Name, ScalarType, Step, TypeName};
use crate::grammar::*;
use crate::operators;
use crate::token::Kind;
use crate::{Diagnostic, Span};

/// Words that are hard but still name things in expressions.
const SPECIAL_NAMES: [&str; 3] = ["kind", "withsource", "with_source"];

/// A primary expression and the steps after it: `a.b[0].f(x)`.
pub(crate) fn path(i: In<'_>) -> R<'_, Expr> {
    let (mut rest, root) = primary(i)?;
    let mut steps = Vec::new();
    loop {
        let (after, step) = match rest.kind() {
            Kind::Dot => field(rest.skip(1))?,
            Kind::OpenBracket => index(rest)?,
            _ => break,
        };
        steps.push(step);
        rest = after;
    }
    Ok((rest, with_steps(i, rest, root, steps)))
}

fn with_steps<'a>(start: In<'a>, rest: In<'a>, root: Expr, steps: Vec<Step>) -> Expr {
    if steps.is_empty() {
        return root;
    }
    Expr::new(ExprKind::Path(Box::new(root), steps), start.span_to(rest))
}

/// What follows a dot.
fn field(i: In<'_>) -> R<'_, Step> {
    if let Ok((rest, found)) = call(i) {
        return Ok((rest, Step::Call(found)));
    }
    if let Ok((rest, found)) = name(i).or_else(|_| special_name(i)) {
        return Ok((rest, Step::Field(found)));
    }
    if i.at(Kind::OpenBracket) {
        return index(i);
    }
    i.expected("KS006", "a name");
    Ok((i, Step::Field(i.missing_name())))
}

fn index(i: In<'_>) -> R<'_, Step> {
    let (rest, inner) = brackets(need_expr("an index or a key"))(i)?;
    let inner = inner.unwrap_or_else(|| Expr::new(ExprKind::Missing, i.gap()));
    Ok((rest, Step::Index(inner)))
}

fn special_name(i: In<'_>) -> R<'_, Name> {
    if SPECIAL_NAMES.contains(&i.nth_text(0)) && matches!(i.kind(), Kind::Word(_)) {
        return Ok((i.skip(1), Name::new(i.nth_text(0), i.peek().span())));
    }
    miss()
}

/// A table or a pattern of tables, as `union`, `find` and `search` take them: `T*`, `database("d").T*`, `f(x)`.
pub(crate) fn wildcard_path(i: In<'_>) -> R<'_, Expr> {
    if let Ok((rest, found)) = wildcard(i) {
        let span = found.span;
        return Ok((rest, Expr::new(ExprKind::Wildcard(found), span)));
    }
    let (mut rest, root) = named_thing(i)?;
    let mut steps = Vec::new();
    loop {
        let (after, step) = match rest.kind() {
            Kind::Dot => match wildcard(rest.skip(1)) {
                Ok((after, found)) => (after, Step::Wildcard(found)),
                Err(_) => field(rest.skip(1))?,
            },
            Kind::OpenBracket => index(rest)?,
            _ => break,
        };
        steps.push(step);
        rest = after;
    }
    Ok((rest, with_steps(i, rest, root, steps)))
}

fn primary(i: In<'_>) -> R<'_, Expr> {
    match i.kind() {
        Kind::OpenParen => parenthesised(i),
        Kind::Word(_) => match i.nth_text(0) {
            "typeof" if i.nth(1).kind == Kind::OpenParen => type_of_expr(i),
            "datatable" => operators::datatable(i),
            "externaldata" | "external_data" => operators::externaldata(i),
            "inline_external_table" => operators::inline_external_table(i).or_else(|_| named_thing(i)),
            "dynamic" => literal(i),
            _ => named_thing(i),
        },
        _ => literal(i).or_else(|_| named_thing(i)),
    }
}

/// A call, a name, a name in brackets, a word that was meant as a name.
fn named_thing(i: In<'_>) -> R<'_, Expr> {
    if let Ok((rest, found)) = call(i) {
        let span = found.span;
        return Ok((rest, Expr::new(ExprKind::Call(found), span)));
    }
    if let Ok((rest, found)) = name(i).or_else(|_| special_name(i)) {
        let span = found.span;
        // `T datascope=hotcache`: which storage is read, which changes no answer.
        let scoped = rest.at_word("datascope") && rest.nth(1).kind == Kind::Assign;
        let rest = if scoped { rest.skip(3) } else { rest };
        return Ok((rest, Expr::new(ExprKind::Name(found), span)));
    }
    if let Some(found) = bracketed_wildcard(i) {
        return found;
    }
    if word_in_name_place(i) {
        let (word, span) = (i.nth_text(0), i.peek().span());
        i.complain(
            Diagnostic::error(span, format!("`{word}` is a word of the language, not a name"))
                .with_code("KS228")
                .with_help(format!("write ['{word}']")),
        );
        return Ok((i.skip(1), Expr::new(ExprKind::Name(Name::new(word, span)), span)));
    }
    miss()
}

/// `[Security*]`
fn bracketed_wildcard(i: In<'_>) -> Option<R<'_, Expr>> {
    if !i.at(Kind::OpenBracket) || wildcard(i.skip(1)).is_err() {
        return None;
    }
    let (rest, found) = brackets(wildcard)(i).ok()?;
    let name = found.unwrap_or_else(|| i.missing_name());
    Some(Ok((rest, Expr::new(ExprKind::Wildcard(name), i.span_to(rest)))))
}

fn parenthesised(i: In<'_>) -> R<'_, Expr> {
    let (rest, inner) = parens(need_pipe_expr("an expression"))(i)?;
    Ok((rest, inner.unwrap_or_else(|| Expr::new(ExprKind::Missing, i.gap()))))
}

/// `typeof(long)`, `typeof(long, string)`, as the types named.
pub(crate) fn type_of(i: In<'_>) -> R<'_, Vec<TypeName>> {
    if !i.at_word("typeof") || i.nth(1).kind != Kind::OpenParen {
        return miss();
    }
    let (rest, types) = parens(list("a type", type_of_part))(i.skip(1))?;
    Ok((rest, types.unwrap_or_default()))
}

/// A type, or a column with its type, whose type is kept: `typeof(a:long, b:string)`.
fn type_of_part(i: In<'_>) -> R<'_, TypeName> {
    if i.at(Kind::Star) {
        return Ok((i.skip(1), TypeName { text: "*".to_string(), span: i.peek().span() }));
    }
    let named = name_width(i, true).filter(|width| i.nth(*width).kind == Kind::Colon);
    let at = named.map_or(i, |width| i.skip(width + 1));
    match at.kind() {
        Kind::Name | Kind::Word(_) => {
            Ok((at.skip(1), TypeName { text: at.nth_text(0).to_string(), span: at.peek().span() }))
        }
        _ => miss(),
    }
}

fn type_of_expr(i: In<'_>) -> R<'_, Expr> {
    let (rest, types) = type_of(i)?;
    Ok((rest, Expr::new(ExprKind::TypeOf(types), i.span_to(rest))))
}

/// A literal of any kind.
pub(crate) fn literal(i: In<'_>) -> R<'_, Expr> {
    let (lexeme, text) = (i.peek(), i.nth_text(0));
    let kind = match lexeme.kind {
        Kind::String => return string_literal(i),
        Kind::Long => ScalarType::Long,
        Kind::Real => ScalarType::Real,
        Kind::TimeSpan => ScalarType::TimeSpan,
        Kind::Bool => ScalarType::Bool,
        Kind::Typed(kind) => return Ok((i.skip(1), typed(kind, text, lexeme.span()))),
        Kind::RawGuid => {
            i.complain(
                Diagnostic::error(lexeme.span(), "a guid cannot stand alone")
                    .with_code("KS214")
                    .with_help(format!("write guid({text})")),
            );
            ScalarType::Guid
        }
        Kind::Word(_) if text == "dynamic" => return dynamic(i),
        _ => return miss(),
    };
    Ok((i.skip(1), literal_expr(kind, text, lexeme.span())))
}

fn literal_expr(kind: ScalarType, text: &str, span: Span) -> Expr {
    let text = if kind == ScalarType::Bool { text.to_ascii_lowercase() } else { text.to_string() };
    Expr::new(ExprKind::Literal(Literal { kind, text, obfuscated: false }), span)
}

/// `datetime(2024-01-01)`: what stands between the parentheses, without quotes.
fn typed(kind: ScalarType, text: &str, span: Span) -> Expr {
    let inside = text.split_once('(').map_or("", |(_, rest)| rest);
    let inside = inside.strip_suffix(')').unwrap_or(inside).trim();
    literal_expr(kind, unquoted(inside).trim(), span)
}

/// `datetime("2024-01-01")` says what `datetime(2024-01-01)` says.
fn unquoted(text: &str) -> &str {
    let inner = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

/// `"a"`, `"a" 'b'`: adjacent ones join.
pub(crate) fn string_literal(i: In<'_>) -> R<'_, Expr> {
    if !i.at(Kind::String) {
        return miss();
    }
    let (mut rest, mut text, mut obfuscated) = (i, String::new(), false);
    while rest.at(Kind::String) {
        let (part, hidden) = crate::lexer::decode_string(rest.nth_text(0));
        text.push_str(&part);
        obfuscated |= hidden;
        rest = rest.skip(1);
    }
    let literal = Literal { kind: ScalarType::String, text, obfuscated };
    Ok((rest, Expr::new(ExprKind::Literal(literal), i.span_to(rest))))
}

/// `dynamic(…)`; the text between the parentheses is kept as it is.
fn dynamic(i: In<'_>) -> R<'_, Expr> {
    if i.nth(1).kind != Kind::OpenParen {
        return miss();
    }
    let open = i.skip(1);
    let (rest, _) = parens(expect("a value", dynamic_value))(open)?;
    let whole = i.span_to(rest);
    let inside = open.span_to(rest).text(i.cx.text);
    let inside = inside.strip_prefix('(').unwrap_or(inside);
    let inside = inside.strip_suffix(')').unwrap_or(inside).trim();
    Ok((rest, literal_expr(ScalarType::Dynamic, inside, whole)))
}

/// A value within `dynamic(…)`: JSON, with single quotes and typed literals besides.
pub(crate) fn dynamic_value(i: In<'_>) -> R<'_, DynamicValue> {
    let text = i.nth_text(0);
    let number = |i: In<'_>, sign: &str| DynamicValue::Number(format!("{sign}{}", i.nth_text(0)));
    match i.kind() {
        Kind::Long | Kind::Real => Ok((i.skip(1), number(i, ""))),
        Kind::Minus if matches!(i.nth(1).kind, Kind::Long | Kind::Real) => {
            Ok((i.skip(2), number(i.skip(1), "-")))
        }
        Kind::Bool => Ok((i.skip(1), DynamicValue::Bool(text.eq_ignore_ascii_case("true")))),
        Kind::OpenBracket => {
            let (rest, items) = brackets(list0("a value", dynamic_value))(i)?;
            Ok((rest, DynamicValue::Array(items.unwrap_or_default())))
        }
        Kind::OpenBrace => {
            let (rest, items) = braces(list0("a key and its value", dynamic_pair))(i)?;
            Ok((rest, DynamicValue::Bag(items.unwrap_or_default())))
        }
        Kind::Word(_) if text == "null" => Ok((i.skip(1), DynamicValue::Null)),
        Kind::Word(_) if text == "dynamic" && i.nth(1).kind == Kind::OpenParen => {
            let (rest, inner) = parens(expect("a value", dynamic_value))(i.skip(1))?;
            Ok((rest, inner.flatten().unwrap_or(DynamicValue::Null)))
        }
        Kind::String => {
            let (rest, found) = string_literal(i)?;
            Ok((rest, DynamicValue::String(found.as_literal().map(|l| l.text.clone()).unwrap_or_default())))
        }
        Kind::Typed(ScalarType::Int) => miss(),
        Kind::TimeSpan | Kind::Typed(_) | Kind::RawGuid => {
            let (rest, found) = literal(i)?;
            Ok((rest, found.as_literal().cloned().map_or(DynamicValue::Null, DynamicValue::Typed)))
        }
        _ => miss(),
    }
}

fn dynamic_pair(i: In<'_>) -> R<'_, (String, DynamicValue)> {
    if !i.at(Kind::String) {
        return miss();
    }
    let key = crate::lexer::decode_string(i.nth_text(0)).0;
    let (rest, ()) = need(Kind::Colon, "`:`")(i.skip(1))?;
    let (rest, value) = expect("a value", dynamic_value)(rest)?;
    Ok((rest, (key, value.unwrap_or(DynamicValue::Null))))
}
