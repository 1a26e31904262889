//! Query-defined functions and their parameters.

use nom::Parser;
use nom::combinator::opt;

use super::{declare_query_parameters, let_statement};
use crate::Diagnostic;
use crate::ast::*;
use crate::expression::{literal, pipe_expr, signed};
use crate::grammar::*;
use crate::pipeline::{need_type, schema};
use crate::token::Kind;

/// Whether a function begins here: `()`, `(*`, `(x:`, perhaps with `view` before.
pub(super) fn begins_function(i: In<'_>) -> bool {
    let i = if i.at_word("view") && i.nth(1).kind == Kind::OpenParen { i.skip(1) } else { i };
    if !i.at(Kind::OpenParen) {
        return false;
    }
    match i.nth(1).kind {
        Kind::CloseParen | Kind::Star => true,
        _ => name_width(i.skip(1), true).is_some_and(|width| i.nth(1 + width).kind == Kind::Colon),
    }
}

/// `view (x:long, T:(*)) { … }`
pub(super) fn function(i: In<'_>) -> R<'_, FunctionDeclaration> {
    let view = i.at_word("view");
    let rest = if view { i.skip(1) } else { i };
    let (rest, parameters) = parens(list0("a parameter", parameter))(rest)?;
    let (rest, body) = expect("`{` and the function's body", body)(rest)?;
    let body =
        body.unwrap_or_else(|| FunctionBody { statements: Vec::new(), result: None, span: rest.gap() });
    let parameters = parameters.unwrap_or_default();
    Ok((rest, FunctionDeclaration { view, parameters, body, span: i.span_to(rest) }))
}

/// `x:long = 5`, `T:(a:long, *)`
pub(super) fn parameter(i: In<'_>) -> R<'_, FunctionParameter> {
    let (rest, name) = declared_name(i)?;
    let (rest, ()) = need(Kind::Colon, "`:` and a type")(rest)?;
    let (rest, kind) = parameter_kind(rest)?;
    let (rest, default) = opt(default_value).parse(rest)?;
    Ok((rest, FunctionParameter { name, kind, default, span: i.span_to(rest) }))
}

fn parameter_kind(i: In<'_>) -> R<'_, ParameterKind> {
    if i.at(Kind::OpenParen) {
        let (rest, found) = schema(true)(i)?;
        if found.rest != RestColumns::None && !found.columns.is_empty() {
            i.complain(
                Diagnostic::error(found.span, "`*` stands beside columns in the type of a parameter")
                    .with_code("KS005")
                    .with_help("write `(*)` to take any columns, or list those that are needed"),
            );
        }
        return Ok((rest, ParameterKind::Table(found)));
    }
    let (rest, found) = need_type(i)?;
    let missing = || TypeName { text: String::new(), span: i.gap() };
    Ok((rest, ParameterKind::Scalar(found.unwrap_or_else(missing))))
}

/// `= value`: a literal or a word.
pub(crate) fn default_value(i: In<'_>) -> R<'_, Expr> {
    let (rest, _) = kind(Kind::Assign)(i)?;
    let signs = matches!(rest.kind(), Kind::Minus | Kind::Plus) && rest.nth(1).adjacent();
    let value = |i| if signs { signed(i) } else { literal(i).or_else(|_| word_value(i)) };
    let (rest, found) = expect("a literal", value)(rest)?;
    Ok((rest, found.unwrap_or_else(|| Expr::new(ExprKind::Missing, rest.gap()))))
}

fn word_value(i: In<'_>) -> R<'_, Expr> {
    let (rest, found) = if i.at(Kind::OpenBracket) { miss() } else { name(i) }?;
    let span = found.span;
    Ok((rest, Expr::new(ExprKind::Name(found), span)))
}

/// `{ let …; result }`
pub(super) fn body(i: In<'_>) -> R<'_, FunctionBody> {
    let (rest, found) = braces(inner)(i)?;
    let (statements, result) = found.unwrap_or_default();
    Ok((rest, FunctionBody { statements, result, span: i.span_to(rest) }))
}

fn inner(i: In<'_>) -> R<'_, (Vec<Statement>, Option<Expr>)> {
    let statement = |i| {
        let declares = In::at_word(&i, "declare") && i.nth_is_word(1, "query_parameters");
        let lets = i.at_word("let") && name_width(i.skip(1), false).is_some();
        let (rest, found) = match (declares, lets) {
            (true, _) => declare_query_parameters(i)?,
            (_, true) => let_statement.map(Statement::Let).parse(i)?,
            _ => return miss(),
        };
        let (rest, ()) = need(Kind::Semicolon, "`;`")(rest)?;
        Ok((rest, found))
    };
    let (rest, (statements, result, _)) =
        (many(statement), opt(pipe_expr), opt(kind(Kind::Semicolon))).parse(i)?;
    Ok((rest, (statements, result)))
}
