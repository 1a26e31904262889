//! Parameters whose values break queries, that nothing declares, or that nothing uses.

use super::survey::Survey;
use super::{Found, Severity, listed};
use crate::model::ParameterKind;
use std::collections::BTreeMap;

/// Several values that do not make a list.
pub fn delimiters(survey: &Survey, found: &mut Found) {
    for (at, parameter) in survey.parameters.iter().filter(|(_, parameter)| parameter.multiple) {
        let (quote, delimiter) = (&parameter.quote, &parameter.delimiter);
        if delimiter.is_empty() {
            let what = "several values can be chosen, but nothing stands between them".to_owned();
            let why = "two values run into one text, which no row has or no query can be read with";
            found.add(at, Severity::Fault, what, why, "set the delimiter to a comma");
        } else if quote == delimiter {
            let what = format!("the delimiter {delimiter} is also the quotation mark");
            let why = format!(
                "two values become {quote}A{quote}{delimiter}{quote}B{quote}, which is no list, and every panel that uses it fails"
            );
            found.add(
                at,
                Severity::Fault,
                what,
                &why,
                "set the delimiter to a comma; here it is mended unless `--faithful` is given",
            );
        }
    }
}

/// All that is chosen as such, without a word for it.
pub fn select_all(survey: &Survey, found: &mut Found) {
    for (at, parameter) in &survey.parameters {
        if !parameter.offers_all || parameter.select_all.is_some() {
            continue;
        }
        let name = &parameter.name;
        let asked = [
            format!("'*' in ({{{name}}})"),
            format!("\"*\" in ({{{name}}})"),
            format!("'*' == '{{{name}}}'"),
        ];
        let asks =
            survey.queries.iter().any(|query| asked.iter().any(|asked| query.text.contains(asked.as_str())));
        let what = "all can be chosen, but there is no value that stands for all".to_owned();
        let (severity, what, why) = if asks {
            let what = format!("{what}, and queries ask whether it is `*`");
            (
                Severity::Warning,
                what,
                "all becomes the list of the values offered, never `*`: rows whose value is not offered, or empty, are left out",
            )
        } else {
            (
                Severity::Note,
                what,
                "all becomes the list of the values offered: rows whose value is not offered are left out",
            )
        };
        found.add(at, severity, what, why, "set the value for all to `*` and let queries ask for it");
    }
}

/// Names in braces that nothing declares.
pub fn undeclared(survey: &Survey, found: &mut Found) {
    let mut seen: Vec<&str> = Vec::new();
    for used in &survey.uses {
        // Conditions are told of on their own.
        if survey.is_given(&used.name)
            || seen.contains(&used.name.as_str())
            || !(used.in_query || used.in_words)
        {
            continue;
        }
        let queries = survey.uses.iter().filter(|other| other.in_query && other.name == used.name).count();
        if queries > 0 && !used.in_query {
            continue;
        }
        seen.push(&used.name);
        let what = format!("{{{}}} is used, but nothing declares it", used.name);
        if queries > 0 {
            let why = format!(
                "the braces stay in the text of {queries} quer{}, which cannot be read then",
                if queries == 1 { "y" } else { "ies" }
            );
            found.add(
                &used.at,
                Severity::Fault,
                what,
                &why,
                "declare the parameter, or write its name as it is declared: letter by letter",
            );
        } else {
            let why = "the braces stay in the text, unless they are meant as they stand";
            found.add(
                &used.at,
                Severity::Note,
                what,
                why,
                "declare the parameter, or write its name as it is declared: letter by letter",
            );
        }
    }
}

/// Parameters that change nothing.
pub fn unused(survey: &Survey, found: &mut Found) {
    if survey.opens_workbooks {
        return;
    }
    let used = |name: &str, own: bool| {
        survey.uses.iter().any(|used| used.name == name && (!own || used.by.as_deref() != Some(name)))
    };
    for (at, parameter) in &survey.parameters {
        // A resource that is picked may say where queries run, which is not kept.
        let picks_resource = match parameter.kind {
            ParameterKind::Resource(_) => true,
            ParameterKind::Text
            | ParameterKind::DropDown
            | ParameterKind::TimeRange
            | ParameterKind::MultiValue
            | ParameterKind::Options => false,
        };
        if !picks_resource && !used(&parameter.name, true) {
            let what = format!("nothing uses the parameter {}", parameter.name);
            found.add(
                at,
                Severity::Note,
                what,
                "choosing a value changes nothing",
                "use it in a query, or remove it",
            );
        }
    }
    for (at, _, export) in &survey.exports {
        if !used(&export.parameter, false) {
            let what = format!("a click sets {}, which nothing uses", export.parameter);
            found.add(
                at,
                Severity::Note,
                what,
                "a click changes nothing",
                "use it in a query, or remove the export",
            );
        }
    }
}

/// Names that are declared again where the first is seen.
pub fn declared_again(survey: &Survey, found: &mut Found) {
    let mut declared: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, parameter) in &survey.parameters {
        let lists = declared.entry(&parameter.name).or_default();
        if lists.iter().any(|list| survey.sees(at.list, *list)) && !parameter.name.is_empty() {
            let names = listed(std::slice::from_ref(&parameter.name));
            let what = format!("the parameter {names} is declared a second time");
            let why = "items above it follow the first, items below it the second: one picker changes only a part of the page";
            found.add(at, Severity::Warning, what, why, "give the second another name, or remove it");
        }
        lists.push(at.list);
    }
}
