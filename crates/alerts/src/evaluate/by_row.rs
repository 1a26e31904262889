//! Queries that make what they make of each row by itself, so that the rows of a long range are those of its parts: which
//! they are, and the same with something told beside each row.

use super::rows::TIME_COLUMN;
use crate::arrivals::LOGS;
use calypso_library::function::{Function, Kind};
use calypso_library::functions::find;
use calypso_parser::ast::{Expr, ExprKind, NamedExpr, Operator, Source, Statement};
use calypso_parser::{Span, Token, TokenClass, tokens};

/// The table that a query of one pipeline begins with.
pub(super) fn table(query: &str) -> Option<String> {
    let parsed = calypso_parser::parse(query);
    let last = parsed.query.statements.last()?;
    let Statement::Tabular(pipeline) = last else { return None };
    match &pipeline.source {
        Source::Expression(Expr { kind: ExprKind::Name(name), .. }) => Some(name.text.clone()),
        _ => None,
    }
}

/// A name as a query writes it, whatever it is.
pub(crate) fn quoted(name: &str) -> String {
    format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// Whether a query makes what it makes of each row by itself, so that the rows of a long range are those of its parts.
pub(crate) fn by_row(query: &str) -> bool {
    let parsed = calypso_parser::parse(query);
    if !parsed.is_ok() {
        return false;
    }
    let [Statement::Tabular(pipeline)] = parsed.query.statements.as_slice() else { return false };
    let plain = matches!(&pipeline.source, Source::Expression(Expr { kind: ExprKind::Name(_), .. }));
    let steady = tokens(query).into_iter().all(|token| match (token.class, find(token.span.text(query))) {
        (TokenClass::Function, function) => function.is_some_and(is_of_the_row),
        (TokenClass::Name | TokenClass::String, _) => true,
        // Words such as `toscalar` are functions, too.
        (_, function) => function.is_none_or(is_of_the_row),
    });
    // A list of values is written out; what a name or a pipeline gives may change.
    let written_out = query.split('(').zip(query.split('(').skip(1)).all(|(before, within)| {
        let word =
            before.trim_end().trim_end_matches('~').rsplit([' ', '!', '\n', '\t']).next().unwrap_or_default();
        let is_list = matches!(word, "in" | "has_any" | "has_all");
        !is_list
            || within
                .trim_start()
                .starts_with(['"', '\'', '@', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    });
    plain && steady && written_out && pipeline.operators.iter().all(|one| looks_at_each_row(query, one))
}

/// Whether what a function gives depends on its arguments alone.
fn is_of_the_row(function: &Function) -> bool {
    match function.kind {
        Kind::Pure | Kind::Comparison => true,
        Kind::Volatile | Kind::Now | Kind::Window | Kind::Special(_) => false,
    }
}

/// Whether an operator makes what it makes of each row by itself, and leaves the rows their time.
fn looks_at_each_row(query: &str, operator: &Operator) -> bool {
    let text = |from: u32, to: u32| query.get(from as usize..to as usize).unwrap_or_default();
    let is_time = |one: &Expr| matches!(&one.kind, ExprKind::Name(name) if name.text == TIME_COLUMN);
    let is_other = |one: &Expr| matches!(&one.kind, ExprKind::Name(name) if name.text != TIME_COLUMN);
    let named = |one: &NamedExpr| text(one.span.start, one.value.span.start);
    let no_new_time = |columns: &[NamedExpr]| columns.iter().all(|one| !named(one).contains(TIME_COLUMN));
    let untouched = |span: Span| !text(span.start, span.end).contains(TIME_COLUMN);
    match operator {
        Operator::Where(_) => true,
        Operator::Extend(extend) => no_new_time(&extend.columns),
        Operator::Project(project) => {
            let kept = |one: &NamedExpr| named(one).is_empty() && is_time(&one.value);
            project.columns.iter().any(kept) && no_new_time(&project.columns)
        }
        Operator::ProjectKeep(project) => project.columns.iter().any(is_time),
        Operator::ProjectAway(project) => project.columns.iter().all(is_other),
        Operator::ProjectRename(project) => untouched(project.span),
        Operator::Parse(parse) => untouched(parse.span),
        _ => false,
    }
}

/// The column that tells when a row arrived; null where that is not known.
pub(super) const ARRIVED: &str = "calypso_arrived";

/// A query that looks at each row of the logs by itself, with the arrival of the row as a further column; `None` where the
/// query reads another table, or asks for columns without naming them.
pub(crate) fn with_arrivals(query: &str) -> Option<String> {
    let star = |token: &Token| token.span.text(query) == "*";
    if query.contains(ARRIVED) || tokens(query).iter().any(star) {
        return None;
    }
    put_in(query, &arrivals(), |operator| {
        if let Operator::Project(project) = operator {
            Some(project.span)
        } else if let Operator::ProjectKeep(project) = operator {
            Some(project.span)
        } else {
            None
        }
    })
}

/// A query that looks at each row of the logs by itself, of rows for which a condition holds; `None` where the query reads
/// another table, or does more.
pub(crate) fn of_rows(query: &str, condition: &str) -> Option<String> {
    put_in(query, &format!("| where {condition}"), |_| None)
}

/// The query with an operator behind its source, and, behind the operators that keep named columns, the arrival.
fn put_in(query: &str, operator: &str, keeps: impl Fn(&Operator) -> Option<Span>) -> Option<String> {
    if !by_row(query) || table(query)? != LOGS {
        return None;
    }
    let parsed = calypso_parser::parse(query);
    let [Statement::Tabular(pipeline)] = parsed.query.statements.as_slice() else { return None };
    let Source::Expression(source) = &pipeline.source else { return None };
    let mut text = query.to_owned();
    for span in pipeline.operators.iter().rev().filter_map(keeps) {
        text.insert_str(span.end as usize, &format!("\n, {ARRIVED}\n"));
    }
    text.insert_str(source.span.end as usize, &format!("\n{operator}\n"));
    let read = calypso_parser::parse(&text);
    let [Statement::Tabular(told)] = read.query.statements.as_slice() else { return None };
    (read.is_ok() && told.operators.len() == pipeline.operators.len() + 1).then_some(text)
}

/// The rows with their arrivals.
pub(super) fn arrivals() -> String {
    format!(
        "| lookup kind=leftouter (ProvisioningDelivery | where isnotempty(Id) | project Id, {ARRIVED} = ArrivalTime) on Id"
    )
}
