//! Queries that make what they make of each row by itself, so that the rows of a long range are those of its parts: which
//! they are, and the same with something told beside each row.

use crate::arrivals::LOGS;
use calypso_library::function::{Function, Kind};
use calypso_library::functions::find;
use calypso_parser::ast::{Expr, ExprKind, Operator, Source, Statement};
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
    plain && steady && written_out && pipeline.operators.iter().all(looks_at_each_row)
}

/// Whether what a function gives depends on its arguments alone.
fn is_of_the_row(function: &Function) -> bool {
    match function.kind {
        Kind::Pure | Kind::Comparison => true,
        Kind::Volatile | Kind::Now | Kind::Window | Kind::Special(_) => false,
    }
}

fn looks_at_each_row(operator: &Operator) -> bool {
    matches!(
        operator,
        Operator::Where(_)
            | Operator::Extend(_)
            | Operator::Project(_)
            | Operator::ProjectAway(_)
            | Operator::ProjectKeep(_)
            | Operator::ProjectRename(_)
            | Operator::Parse(_)
    )
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
