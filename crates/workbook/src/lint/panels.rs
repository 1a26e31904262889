//! Panels that show other rows, or in another order, than they seem to.

use super::query_text::{literals, order, searched_by_or, without_comments};
use super::survey::{Survey, formatters};
use super::{Found, Severity, listed};
use crate::expand;
use crate::model::{Choices, Look, Panel, ParameterKind, Shipped, Source, ThresholdTest, TimeContext};

/// The text of a panel's query, without comments.
fn text(panel: &Panel) -> Option<String> {
    match &panel.source {
        Source::Query(query) => Some(without_comments(&query.text)),
        Source::Merge(_) | Source::Json(_) => None,
    }
}

/// Panels over all time, and panels that no picker of the time reaches.
pub fn time_bounds(survey: &Survey, found: &mut Found) {
    let ranges = survey.parameters.iter().filter(|(_, parameter)| parameter.kind == ParameterKind::TimeRange);
    let ranges: Vec<&str> = ranges.map(|(_, parameter)| parameter.name.as_str()).collect();
    for (at, _, panel) in &survey.panels {
        let Some(text) = text(panel) else { continue };
        let table = survey.table.is_some_and(|table| text.contains(table));
        let follows = expand::names(&text).iter().any(|name| ranges.contains(&name.as_str()));
        let bounded = text.contains("TimeGenerated") || text.contains("ago(") || text.contains("timestamp");
        match &panel.time {
            TimeContext::InQuery if !follows && !bounded && table => {
                let what = "nothing bounds the time of its rows".to_owned();
                let why = "it counts all the logs there are, whatever range is chosen";
                found.add(at, Severity::Warning, what, why, "set its time range to the picker's");
            }
            TimeContext::Milliseconds(_) if !follows && !ranges.is_empty() => {
                let what = "its time range is fixed, and no picker changes it".to_owned();
                let why = "it can be empty while the range chosen on the page has rows";
                found.add(at, Severity::Warning, what, why, "set its time range to the picker's");
            }
            TimeContext::InQuery | TimeContext::Milliseconds(_) | TimeContext::Parameter(_) => {}
        }
    }
}

/// Tiles in the opposite order of their query.
pub fn tile_order(survey: &Survey, found: &mut Found) {
    for (at, _, panel) in survey.panels.iter().filter(|(_, _, panel)| panel.look == Look::Tiles) {
        let (Some(text), Some(tiles)) = (text(panel), &panel.tiles) else { continue };
        let (Some((column, descending)), Some((asked, down))) = (&tiles.sort, order(&text)) else { continue };
        if column == asked && *descending != down {
            let (one, other) = if down { ("greatest", "least") } else { ("least", "greatest") };
            let what = format!("the query puts the {one} {column} first, the tiles put the {other} first");
            let why = "the order of the tiles holds";
            found.add(at, Severity::Note, what, why, "remove one of the two orders");
        }
    }
}

/// Thresholds that match the query's values only because case is not regarded.
pub fn thresholds(survey: &Survey, found: &mut Found) {
    for (at, _, panel) in &survey.panels {
        let Some(text) = text(panel) else { continue };
        let known = literals(&text);
        for formatter in formatters(panel) {
            let tests = formatter.thresholds.iter().flat_map(|thresholds| &thresholds.tests);
            let texts = tests.filter(|test| match test.test {
                ThresholdTest::Equal
                | ThresholdTest::NotEqual
                | ThresholdTest::Contains
                | ThresholdTest::NotContains
                | ThresholdTest::StartsWith
                | ThresholdTest::EndsWith => true,
                ThresholdTest::Greater
                | ThresholdTest::GreaterOrEqual
                | ThresholdTest::Less
                | ThresholdTest::LessOrEqual
                | ThresholdTest::Matches
                | ThresholdTest::Empty
                | ThresholdTest::NotEmpty
                | ThresholdTest::Default => false,
            });
            let differs = texts.filter(|test| {
                let value = test.value.as_str();
                !known.contains(&value) && known.iter().any(|known| known.eq_ignore_ascii_case(value))
            });
            let differs: Vec<String> = differs.map(|test| test.value.clone()).collect();
            if !differs.is_empty() {
                let what = format!(
                    "thresholds of {} ask for {}, the query's values are written in other case",
                    formatter.column,
                    listed(&differs)
                );
                let why = "they match only because thresholds do not regard case";
                found.add(at, Severity::Note, what, why, "write the values as the query does");
            }
        }
    }
}

/// Clicks that tell a column the rows do not have.
pub fn exports(survey: &Survey, found: &mut Found) {
    for (at, panel, export) in &survey.exports {
        let (Some(text), Some(column)) = (text(panel), &export.column) else { continue };
        // Charts tell the parts of what was clicked, too.
        let part = ["x", "y", "series", "seriesName", "label", "value"].contains(&column.as_str());
        // An unnamed column is called by the parts of its path; columns of a table come through where none are named.
        let made = column.split('_').filter(|part| !part.is_empty()).all(|part| text.contains(part));
        let named = ["summarize", "project", "distinct"].iter().any(|operator| text.contains(operator));
        if !part && !made && named {
            let what = format!(
                "a click tells {} the column {column}, which the query does not have",
                export.parameter
            );
            found.add(
                at,
                Severity::Warning,
                what,
                "the click tells nothing",
                "tell a column of the query's answer",
            );
        }
    }
}

/// Panels that leave out a parameter most of the panels beside them use.
pub fn left_out(survey: &Survey, found: &mut Found) {
    for (at, _, panel) in &survey.panels {
        let own = match text(panel) {
            Some(text) if survey.table.is_some_and(|table| text.contains(table)) => expand::names(&text),
            Some(_) | None => continue,
        };
        let beside = survey.panels.iter().filter(|(other, _, _)| other.list == at.list);
        let beside: Vec<Vec<String>> =
            beside.filter_map(|(_, _, panel)| Some(expand::names(&text(panel)?))).collect();
        let missing = survey.parameters.iter().filter(|(declared, parameter)| {
            let users = beside.iter().filter(|names| names.contains(&parameter.name)).count();
            let narrows = parameter.kind == ParameterKind::DropDown && !parameter.hidden;
            narrows && 2 * users > beside.len() && beside.len() > 2 && survey.sees(at.list, declared.list)
        });
        let mut missing: Vec<String> =
            missing.map(|(_, parameter)| parameter.name.clone()).filter(|name| !own.contains(name)).collect();
        missing.dedup();
        if !missing.is_empty() {
            let what = format!("it does not follow {}, which most panels beside it do", listed(&missing));
            let why =
                "its numbers stay as they are when a value is chosen, and do not add up with the others";
            found.add(
                at,
                Severity::Note,
                what,
                why,
                "use the parameter in its query, or say in its title that it does not",
            );
        }
    }
}

/// Searches joined by `or`, where what is not filled in is found in every row.
pub fn empty_matches_all(survey: &Survey, found: &mut Found) {
    let is_empty = |name: &str| {
        let mut declared = survey.parameters.iter().filter(|(_, parameter)| parameter.name == name);
        declared.any(|(_, parameter)| {
            let shipped =
                parameter.value == Shipped::Unset || parameter.value == Shipped::Text(String::new());
            let made = matches!(parameter.choices, Choices::Criteria(_));
            shipped && !made && !parameter.required
        })
    };
    for (at, _, panel) in &survey.panels {
        let Some(text) = text(panel) else { continue };
        let names: Vec<String> =
            searched_by_or(&text).into_iter().filter(|name| is_empty(name)).map(str::to_owned).collect();
        if names.len() > 1 {
            let what = format!("searches for {} are joined by `or`", listed(&names));
            let why = "what is not filled in is found in every row: filling in one of them changes nothing";
            found.add(at, Severity::Warning, what, why, "join them by `and`");
        }
    }
}
