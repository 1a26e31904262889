//! `declare pattern name = (a:string)[path:string] { ("x").["y"] = { … }; }`

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use super::function::body;
use crate::ast::*;
use crate::expression::{expr, literal};
use crate::grammar::*;
use crate::pipeline::column;
use crate::token::Kind;

pub(super) fn declare_pattern(i: In<'_>) -> R<'_, Statement> {
    let (rest, (_, _, name, definition)) =
        (word("declare"), word("pattern"), need_name("a name"), opt(definition)).parse(i)?;
    Ok((rest, Statement::DeclarePattern(DeclarePattern { name, definition, span: i.span_to(rest) })))
}

fn definition(i: In<'_>) -> R<'_, PatternDefinition> {
    let parameters = expect("`(` and parameters", parens(list0("a parameter", column)));
    let path = opt(brackets(column));
    let matches = expect("`{` and the cases", braces(many(case)));
    let (rest, (_, parameters, path, matches)) = (kind(Kind::Assign), parameters, path, matches).parse(i)?;
    let definition = PatternDefinition {
        parameters: parameters.flatten().unwrap_or_default(),
        path: path.flatten(),
        matches: matches.flatten().unwrap_or_default(),
    };
    Ok((rest, definition))
}

fn case(i: In<'_>) -> R<'_, PatternMatch> {
    let path = preceded(kind(Kind::Dot), expect("`[` and a path", brackets(literal)));
    let (rest, (arguments, path, ())) =
        (parens(list("a value", expr)), opt(path), need(Kind::Assign, "`=`")).parse(i)?;
    let (rest, (body, ())) = (expect("`{` and a body", body), need(Kind::Semicolon, "`;`")).parse(rest)?;
    let body =
        body.unwrap_or_else(|| FunctionBody { statements: Vec::new(), result: None, span: rest.gap() });
    let arguments = arguments.unwrap_or_default();
    Ok((rest, PatternMatch { arguments, path: path.flatten().flatten(), body, span: i.span_to(rest) }))
}
