//! Words that stand for empty values: where a list of values or a click says `Unknown` for an empty value and a query
//! compares the column as it is, choosing that word finds nothing.

use super::query_text::{compared, first_column, without_comments, word_for_empty};
use super::survey::{At, Survey};
use super::{Found, Severity, places};
use crate::model::{Choices, Source};

/// Words that panels do not compare with.
pub fn words_for_empty(survey: &Survey, found: &mut Found) {
    let queries: Vec<(&At, String)> =
        survey.queries.iter().map(|query| (&query.at, without_comments(query.text))).collect();
    for (at, parameter) in &survey.parameters {
        let Choices::Query(query) = &parameter.choices else { continue };
        let text = without_comments(&query.text);
        let Some(word) = first_column(&text).and_then(|column| word_for_empty(&text, column, text.len()))
        else {
            continue;
        };
        let other = otherwise(survey, &queries, at, &parameter.name, word);
        if !other.is_empty() {
            let what = format!(
                "the list offers `{word}` for an empty value, which is another word than in {}",
                places(&other)
            );
            let why = format!(
                "there the empty value stays as it is, or has another word: choosing `{word}` finds nothing"
            );
            found.add(
                at,
                Severity::Warning,
                what,
                &why,
                "use the same word for an empty value in the list and in the queries",
            );
        }
    }
    for (at, panel, export) in &survey.exports {
        let (Source::Query(query), Some(column)) = (&panel.source, &export.column) else { continue };
        let text = without_comments(&query.text);
        let Some(word) = word_for_empty(&text, column, text.len()) else { continue };
        let name = &export.parameter;
        let other = otherwise(survey, &queries, at, name, word);
        let way_out = "use the same word for an empty value where the click is and where it is compared";
        if !other.is_empty() {
            let what = format!(
                "a click on a row tells {name} `{word}` for an empty {column}, which is another word than in {}",
                places(&other)
            );
            found.add(at, Severity::Warning, what, "after that click they show nothing", way_out);
        } else if survey.opens_workbooks && !survey.uses.iter().any(|used| used.name == *name) {
            let what = format!(
                "a click on a row tells {name} `{word}` for an empty {column}, and only other workbooks use it"
            );
            let why = format!("a workbook that compares {column} as it is shows nothing after that click");
            found.add(at, Severity::Warning, what, &why, way_out);
        }
    }
}

/// The places of queries that see a parameter and compare it with a column in which another word, or none, stands for
/// an empty value.
fn otherwise(
    survey: &Survey,
    queries: &[(&At, String)],
    at: &At,
    parameter: &str,
    word: &str,
) -> Vec<String> {
    let seen = queries.iter().filter(|(query, _)| survey.sees(query.list, at.list));
    let differs = |text: &str| {
        let mut comparisons = compared(text).into_iter().filter(|found| found.parameter == parameter);
        comparisons.any(|found| word_for_empty(text, found.column, found.start) != Some(word))
    };
    seen.filter(|(_, text)| differs(text)).map(|(query, _)| query.place.clone()).collect()
}
