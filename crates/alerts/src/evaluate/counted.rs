//! Sentinel's condition at one instant: the rows of one range, counted.

use super::rows::{each, place};
use super::{Evaluation, Found, Labels};
use crate::ask::{Ask, Question, Range, Refused};
use crate::rule::{Counted, Grouping};
use calypso_library::{Answer, Value};

/// Sentinel makes at most so many alerts of one evaluation, one per row; the last is for all rows that remain.
const MOST_ALERTS: usize = 150;

/// Evaluates at `at` the range that ends at `end`.
pub(super) fn evaluate(
    counted: &Counted,
    at: i64,
    end: i64,
    ask: &mut dyn Ask,
) -> Result<Evaluation, Refused> {
    let range = Range { after: end.saturating_sub(counted.period.ticks()), until: end };
    let question = Question {
        text: &counted.query.text,
        range: Some(range),
        arrived: None,
        now: at,
        parameters: vec![],
    };
    let answer = ask.ask(&question)?;
    let rows = answer.rows();
    let fires = counted.operator.holds(rows as f64, counted.threshold as f64);
    let mut notes = Vec::new();
    let one = |labels: Labels, details: Vec<(String, String)>| Found {
        labels,
        value: Some(rows as f64),
        threshold: counted.threshold as f64,
        fires,
        ends: false,
        details,
    };
    let mut told = Vec::new();
    each(&answer, |row| {
        if told.len() < MOST_ALERTS {
            told.push(details(counted, &answer, row));
        }
    });
    let found = match counted.grouping {
        Grouping::Single => vec![one(Labels::default(), told.into_iter().next().unwrap_or_default())],
        Grouping::PerResult if fires => {
            if rows > MOST_ALERTS {
                notes.push(format!("of {rows} rows the first {MOST_ALERTS} are alerts of their own"));
            }
            let numbered = told.into_iter().enumerate();
            numbered
                .map(|(at, told)| one(Labels(vec![("row".to_owned(), (at + 1).to_string())]), told))
                .collect()
        }
        Grouping::PerResult => Vec::new(),
    };
    Ok(Evaluation { at, window: (range.after, range.until), found, notes })
}

/// What a row says of its alert.
fn details(counted: &Counted, answer: &Answer, row: &dyn Fn(usize) -> Value) -> Vec<(String, String)> {
    let text = |column: &str| place(answer, column).map(|at| row(at).text());
    let mut told = Vec::new();
    let filled = |format: &Option<String>| Some(fill(format.as_deref()?, &text));
    told.extend(filled(&counted.overrides.title).map(|text| ("title".to_owned(), text)));
    told.extend(filled(&counted.overrides.description).map(|text| ("description".to_owned(), text)));
    let column = |name: &Option<String>| text(name.as_deref()?);
    told.extend(column(&counted.overrides.severity_column).map(|text| ("severity".to_owned(), text)));
    told.extend(column(&counted.overrides.tactics_column).map(|text| ("tactics".to_owned(), text)));
    for (name, column) in counted.details.iter().chain(&counted.overrides.properties) {
        told.extend(text(column).map(|text| (name.clone(), text)));
    }
    for mapping in &counted.entities {
        for (identifier, column) in &mapping.fields {
            told.extend(text(column).map(|text| (format!("{} {identifier}", mapping.entity), text)));
        }
    }
    told
}

/// A format with `{{Column}}` replaced by the column's text; what names no column stays as it is.
fn fill(format: &str, text: &dyn Fn(&str) -> Option<String>) -> String {
    let (mut filled, mut rest) = (String::new(), format);
    while let Some((before, behind)) = rest.split_once("{{") {
        filled += before;
        let Some((name, after)) = behind.split_once("}}") else {
            rest = &rest[before.len()..];
            break;
        };
        match text(name.trim()) {
            Some(text) => filled += &text,
            None => filled += &format!("{{{{{name}}}}}"),
        }
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn formats_are_filled() {
        let text = |name: &str| (name == "n").then(|| "{{n}}7".to_owned());
        for (format, filled) in [
            ("Deletes {{n}}!", "Deletes {{n}}7!"),
            ("{{ n }}{{m}}", "{{n}}7{{m}}"),
            ("{{n", "{{n"),
            ("a}} {{n}} {{", "a}} {{n}}7 {{"),
            ("", ""),
        ] {
            assert_eq!(fill(format, &text), filled);
        }
    }
}
