//! What the query of a series must declare.

use super::Report;
use super::survey::Survey;
use crate::Weight;
use crate::rule::{Limit, Series};
use calypso_parser::ast::Statement;

/// Tells the parameters and columns that are missing.
pub fn declared(series: &Series, survey: &Survey, found: &mut Report) {
    let names: Vec<&str> =
        survey.parsed.query.statements.iter().filter_map(declared_names).flatten().collect();
    for wanted in ["From", "To"] {
        if !names.contains(&wanted) {
            let what = format!("the query has no parameter `{wanted}`");
            let way_out = "begin it with `declare query_parameters(From: datetime, To: datetime, Every: timespan = 15m);`";
            let why = "it gives the values of the evaluations between these";
            found.query(Weight::Error, "series-parameter", (survey.query, 0), what, why, way_out);
        }
    }
    let columns = survey.columns();
    let threshold = (series.threshold == Limit::Column).then_some("Threshold");
    let dimensions = series.dimensions.iter().map(|one| one.column.as_str());
    for wanted in ["At", "Value"].into_iter().chain(threshold).chain(dimensions) {
        if columns.lacks(wanted) {
            let what = format!("the answer has no column `{wanted}`");
            let at = survey.answer().map_or(0, |answer| answer.span.start as usize);
            found.query(
                Weight::Error,
                "series-column",
                (survey.query, at),
                what,
                "",
                "add it, or rename another",
            );
        }
    }
}

fn declared_names(statement: &Statement) -> Option<impl Iterator<Item = &str>> {
    let Statement::DeclareQueryParameters(declared) = statement else { return None };
    Some(declared.parameters.iter().map(|parameter| parameter.name.text.as_str()))
}
