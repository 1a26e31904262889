//! A query's statements, separated by `;`.

mod function;
mod pattern;

pub(crate) use function::default_value;

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;

use crate::Diagnostic;
use crate::ast::*;
use crate::expression::{need_expr, need_pipe_expr, need_with, pipe_expr, wildcard_path};
use crate::grammar::*;
use crate::habits::{self, sql};
use crate::operators;
use crate::pipeline;
use crate::token::Kind;
use function::{begins_function, function, parameter};

/// The whole text.
pub(crate) fn query(i: In<'_>) -> Query {
    let mut directives = Vec::new();
    let mut at = i;
    while at.at(Kind::Directive) {
        let span = at.peek().span();
        directives.push(Directive { text: at.nth_text(0).to_string(), span });
        at = at.skip(1);
    }
    let statements = match statements(at, command_or_statement) {
        Ok((_, statements)) => statements,
        Err(_) => Vec::new(),
    };
    Query { directives, statements }
}

/// Statements up to the end of what is being read, without management commands. Never fails and leaves nothing.
pub(crate) fn block(i: In<'_>) -> R<'_, Vec<Statement>> {
    statements(i, statement)
}

fn statements<'a>(mut i: In<'a>, one: impl Fn(In<'a>) -> R<'a, Statement>) -> R<'a, Vec<Statement>> {
    let mut statements = Vec::new();
    while !i.is_done() {
        if let Some(rest) = sql::statement(i) {
            i = rest;
            continue;
        }
        let Ok((rest, found)) = one(i) else {
            i = stray(i);
            continue;
        };
        statements.push(found);
        i = separator(rest);
    }
    Ok((i, statements))
}

/// Steps over the `;` after a statement; reports and skips what stands before it.
fn separator(i: In<'_>) -> In<'_> {
    if i.at(Kind::Semicolon) || i.is_done() {
        return i.skip(1);
    }
    if statement_word(i) {
        i.complain(
            Diagnostic::error(i.gap(), "expected `;` between statements")
                .with_code("KS005")
                .with_help("add `;`"),
        );
        return i;
    }
    if closing(i) {
        return stray(i);
    }
    i.expected_with("KS198", "`|`, `;` or the end of the query", Some(between_statements(i)));
    let rest = pipeline::skip_to_end(i);
    match rest.kind() {
        Kind::Bar => pipeline::following(rest).map_or(rest.skip(1), |(rest, _)| separator(rest)),
        _ => rest.skip(1),
    }
}

fn closing(i: In<'_>) -> bool {
    matches!(i.kind(), Kind::CloseParen | Kind::CloseBracket | Kind::CloseBrace)
}

/// Reports a token that begins nothing. After a stray bracket the pipeline goes on.
fn stray(i: In<'_>) -> In<'_> {
    if closing(i) {
        let text = i.nth_text(0);
        i.cx.report(
            Diagnostic::error(i.peek().span(), format!("`{text}` closes nothing"))
                .with_code("KS198")
                .with_help(format!("remove `{text}`")),
        );
        let rest = i.skip(1);
        return pipeline::following(rest).map_or(rest, |(rest, _)| rest);
    }
    if i.at(Kind::Semicolon) {
        i.complain(
            Diagnostic::error(i.peek().span(), "`;` ends an empty statement")
                .with_code("KS198")
                .with_help("remove `;`"),
        );
        return i.skip(1);
    }
    if i.at(Kind::Bar) {
        i.complain(
            Diagnostic::error(i.peek().span(), "`|` has no rows before it")
                .with_code("KS006")
                .with_help("begin with a table: `T | …`"),
        );
        return pipeline::following(i).map_or(i.skip(1), |(rest, _)| rest);
    }
    i.unexpected("KS006", "a statement should be", None);
    i.skip(i.after(0))
}

/// What to do about a token behind a whole statement.
fn between_statements(i: In<'_>) -> String {
    let text = i.nth_text(0);
    let named = matches!(i.kind(), Kind::Name | Kind::Word(_));
    if i.begins_line() && pipeline::pipeline_begins(i) {
        return "end the statement before it with `;`, or begin the line with `|`".to_string();
    }
    if i.at(Kind::OpenBrace) {
        return "a function is written `let f = (x:long) { x + 1 };`, each parameter with its type"
            .to_string();
    }
    if named && matches!(i.nth_text_before(), "var" | "const" | "def" | "declare") {
        return format!("a value is named with `let {text} = …;`");
    }
    if i.at(Kind::Assign) {
        return "a value is named with `let name = …;`; values are compared with `==`".to_string();
    }
    if operators::begins(i) {
        return format!("put `|` before `{text}`");
    }
    if let Some(help) = habits::meant(i) {
        return help;
    }
    "put `|` before the next step, or `;` before the next statement".to_string()
}

/// Whether a statement other than a tabular one begins here.
fn statement_word(i: In<'_>) -> bool {
    match i.nth_text(0) {
        "alias" => i.nth_is_word(1, "database"),
        "let" => name_width(i.skip(1), false).is_some(),
        "declare" => i.nth_is_word(1, "pattern") || i.nth_is_word(1, "query_parameters"),
        "restrict" => i.nth_is_word(1, "access"),
        "set" => true,
        _ => false,
    }
}

fn command_or_statement(i: In<'_>) -> R<'_, Statement> {
    if i.at(Kind::Dot) { command(i) } else { statement(i) }
}

fn statement(i: In<'_>) -> R<'_, Statement> {
    if matches!(i.kind(), Kind::Word(_)) && statement_word(i) {
        return match i.nth_text(0) {
            "alias" => alias(i),
            "let" => let_statement(i).map(|(rest, found)| (rest, Statement::Let(found))),
            "declare" if i.nth_is_word(1, "pattern") => pattern::declare_pattern(i),
            "declare" => declare_query_parameters(i),
            "restrict" => restrict(i),
            _ => set(i),
        };
    }
    pipeline::pipeline(i).map(|(rest, found)| (rest, Statement::Tabular(found)))
}

/// `let name = value`
pub(crate) fn let_statement(i: In<'_>) -> R<'_, LetStatement> {
    let (rest, (_, name)) = (word("let"), need_name("a name")).parse(i)?;
    let called = rest.at(Kind::OpenParen) && !name.text.is_empty();
    let rest = if called {
        let help = format!("a function is written `let {} = (x:long) {{ x + 1 }}`", name.text);
        rest.unexpected("KS005", "`=` should be", Some(help));
        rest.skip(rest.after(0))
    } else {
        rest
    };
    let (rest, ()) = need(Kind::Assign, "`=`")(rest)?;
    let (rest, value) = if begins_function(rest) {
        function.map(LetValue::Function).parse(rest)?
    } else if rest.at_word("entity_group") {
        let group = |i| need_with(i, "an entity group", |i| entity_group(i).or_else(|_| pipe_expr(i)));
        group.map(LetValue::Expression).parse(rest)?
    } else {
        need_pipe_expr("a value").map(LetValue::Expression).parse(rest)?
    };
    Ok((rest, LetStatement { name, value, span: i.span_to(rest) }))
}

/// `entity_group [cluster("c").database("d"), …]`
pub(crate) fn entity_group(i: In<'_>) -> R<'_, Expr> {
    if !i.at_word("entity_group") || i.nth(1).kind != Kind::OpenBracket {
        return miss();
    }
    let (rest, members) = brackets(list("a database or a table", crate::expression::expr))(i.skip(1))?;
    Ok((rest, Expr::new(ExprKind::EntityGroup(members.unwrap_or_default()), i.span_to(rest))))
}

fn set(i: In<'_>) -> R<'_, Statement> {
    let value = opt(preceded(kind(Kind::Assign), need_expr("a value")));
    let (rest, (_, name, value)) = (word("set"), need_name("the name of an option"), value).parse(i)?;
    Ok((rest, Statement::Set(SetStatement { name, value, span: i.span_to(rest) })))
}

pub(crate) fn declare_query_parameters(i: In<'_>) -> R<'_, Statement> {
    let parameters = expect("`(` and parameters", parens(list("a parameter", parameter)));
    let (rest, (_, parameters)) = ((word("declare"), word("query_parameters")), parameters).parse(i)?;
    let parameters = parameters.flatten().unwrap_or_default();
    Ok((
        rest,
        Statement::DeclareQueryParameters(DeclareQueryParameters { parameters, span: i.span_to(rest) }),
    ))
}

fn restrict(i: In<'_>) -> R<'_, Statement> {
    let words = (word("restrict"), need_word("access", "`access`"), need_word("to", "`to`"));
    let entities = expect("`(` and what stays visible", parens(list("a table", wildcard_path)));
    let (rest, (_, entities)) = (words, entities).parse(i)?;
    let entities = entities.flatten().unwrap_or_default();
    Ok((rest, Statement::RestrictAccess(RestrictAccess { entities, span: i.span_to(rest) })))
}

fn alias(i: In<'_>) -> R<'_, Statement> {
    let value = preceded(need(Kind::Assign, "`=`"), need_expr("a database"));
    let (rest, (_, _, name, value)) =
        (word("alias"), word("database"), need_name("a name"), value).parse(i)?;
    Ok((rest, Statement::Alias(AliasStatement { name, value, span: i.span_to(rest) })))
}

/// `.show tables | where …`: the command itself is kept as text.
fn command(i: In<'_>) -> R<'_, Statement> {
    let mut end = i.skip(1);
    while !matches!(end.kind(), Kind::End | Kind::Bar | Kind::Semicolon) {
        // What follows `<|` belongs to the command: a query, or rows as they are.
        if end.at(Kind::LessBar) {
            end = end.skip(u32::MAX);
            break;
        }
        end = end.skip(end.after(0));
    }
    if end.same_place(i.skip(1)) {
        end.expected("KS300", "a command such as `.show tables`");
    }
    let text = i.span_to(end).text(i.cx.text).trim().to_string();
    let (rest, operators) = pipeline::following(end)?;
    let rest_pipeline = Pipeline { source: Source::Input, operators, span: end.span_to(rest) };
    Ok((rest, Statement::Command(ManagementCommand { text, rest: rest_pipeline, span: i.span_to(rest) })))
}
