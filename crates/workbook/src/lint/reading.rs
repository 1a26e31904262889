//! Queries that cannot be read once the values of their parameters stand in them. In: the workbook, and who reads
//! queries. Out: findings. Values are those the parameters are shipped with; where there is none, or it comes from the
//! logs, a word stands for it.

use super::query_text::without_comments;
use super::survey::{Query, Survey};
use super::{Finding, Found, Severity};
use crate::chosen::{Chosen, Circumstances, Held, Origin, Scope};
use crate::expand;
use crate::model::{Choice, Choices, Parameter, ParameterKind, Workbook};

/// What stands for a value of the logs.
const WORD: &str = "A";

/// The queries that `check` cannot read: it gives a sentence why. `now` is the instant that time ranges count from, ticks.
pub fn unreadable_queries(
    workbook: &Workbook,
    now: i64,
    check: &dyn Fn(&str) -> Option<String>,
) -> Vec<Finding> {
    let survey = Survey::of(workbook);
    let circumstances = Circumstances { now, faithful: false, expansion: workbook.expansion };
    let mut found = Found::default();
    for query in survey.queries.iter().filter(|query| !without_comments(query.text).trim().is_empty()) {
        // A value that cannot stand where it is asked for is told on the page, with the reader's own value.
        let Ok(expanded) = expand::query(query.text, &values(&survey, query, &circumstances), &circumstances)
        else {
            continue;
        };
        if let Some(why) = check(&expanded.text) {
            let (what, comes) = match query.panel {
                Some(_) => {
                    (format!("its query cannot be read: {why}"), "the panel shows this instead of rows")
                }
                None => (format!("the query of its values cannot be read: {why}"), "no values are offered"),
            };
            found.add(
                &query.at,
                Severity::Fault,
                what,
                comes,
                "mend the query; `calypso check FILE` tells the place",
            );
        }
    }
    found.0.sort_by_key(|(order, _)| *order);
    found.0.into_iter().map(|(_, finding)| finding).collect()
}

/// The values that a query sees.
fn values(survey: &Survey, query: &Query, circumstances: &Circumstances) -> Scope<'static> {
    let mut scope = Scope::default();
    for (_, name, value) in survey.sets.iter().rev() {
        scope.values.insert((*name).to_owned(), Chosen::text(*value, Origin::Author));
    }
    for (_, _, export) in &survey.exports {
        let value = export.default.as_deref().unwrap_or(WORD);
        scope.values.insert(export.parameter.clone(), Chosen::text(value, Origin::Author));
    }
    let seen = survey.parameters.iter().filter(|(declared, _)| survey.sees(query.at.list, declared.list));
    for (_, parameter) in seen {
        if let Some(value) = value(parameter, &scope, circumstances) {
            scope.values.insert(parameter.name.clone(), value);
        }
    }
    scope
}

/// The value a parameter is shipped with, or a word in its place.
fn value(parameter: &Parameter, scope: &Scope, circumstances: &Circumstances) -> Option<Chosen> {
    if let Choices::Criteria(rules) = &parameter.choices {
        let text = expand::criteria(rules, scope, circumstances).ok()?;
        return Some(Chosen::text(text, Origin::Author));
    }
    let offered = [Choice { value: WORD.to_owned(), label: WORD.to_owned(), ..Choice::default() }];
    let chosen = expand::choose(parameter, &[], &offered, circumstances).ok()?;
    if chosen.held != Held::Unset {
        return Some(chosen);
    }
    let given = match parameter.kind {
        ParameterKind::TimeRange => "1d",
        ParameterKind::Text
        | ParameterKind::DropDown
        | ParameterKind::MultiValue
        | ParameterKind::Options
        | ParameterKind::Resource(_) => WORD,
    };
    expand::choose(parameter, &[given], &offered, circumstances).ok()
}
