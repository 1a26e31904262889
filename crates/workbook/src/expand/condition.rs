//! Whether an item is shown. In: a condition and the values seen at its place. Out: yes or no.

use super::criteria::{compared, contains};
use super::format::{joined, label, plain};
use super::words;
use crate::chosen::{Chosen, Circumstances, Held, Scope};
use crate::model::{Comparison, Condition};
use std::cmp::Ordering;

/// Whether a condition holds. A parameter that is not there is as one that is not set.
pub fn holds(condition: &Condition, scope: &Scope, circumstances: &Circumstances) -> bool {
    let texts = texts(&condition.parameter, scope, circumstances);
    let value = words(&condition.value, scope, circumstances);
    let value = value.as_str();
    let any = |test: &dyn Fn(&str) -> bool| texts.iter().any(|text| test(text));
    let ordered = |wanted: &[Ordering]| {
        let first = texts.first().map_or("", String::as_str);
        compared(first, value).is_some_and(|found| wanted.contains(&found))
    };
    match condition.comparison {
        Comparison::Equal => any(&|text| text == value),
        Comparison::NotEqual => !any(&|text| text == value),
        Comparison::Contains => any(&|text| contains(text, value)),
        Comparison::NotContains => !any(&|text| contains(text, value)),
        Comparison::StartsWith => any(&|text| text.starts_with(value)),
        Comparison::EndsWith => any(&|text| text.ends_with(value)),
        Comparison::Greater => ordered(&[Ordering::Greater]),
        Comparison::GreaterOrEqual => ordered(&[Ordering::Greater, Ordering::Equal]),
        Comparison::Less => ordered(&[Ordering::Less]),
        Comparison::LessOrEqual => ordered(&[Ordering::Less, Ordering::Equal]),
        Comparison::Matches => {
            regex::Regex::new(value).is_ok_and(|pattern| any(&|text| pattern.is_match(text)))
        }
        Comparison::Empty => any(&str::is_empty),
        Comparison::NotEmpty => !any(&str::is_empty),
    }
}

/// The texts under which a value may be meant: without quotes, with them as queries have it, and `value::all`.
fn texts(parameter: &str, scope: &Scope, circumstances: &Circumstances) -> Vec<String> {
    let Some(chosen) = scope.get(parameter) else {
        // `Name:label`
        return match parameter.split_once(':').and_then(|(name, _)| scope.get(name)) {
            Some(_) => vec![words(&format!("{{{parameter}}}"), scope, circumstances)],
            None => vec![String::new()],
        };
    };
    let mut texts = vec![plain(chosen)];
    texts.extend(others(chosen));
    texts
}

fn others(chosen: &Chosen) -> Vec<String> {
    match &chosen.held {
        Held::Unset | Held::Text(_) => Vec::new(),
        Held::Picked { all, values } if *all || !values.is_empty() => {
            let all = all.then(|| "value::all".to_owned());
            all.into_iter().chain([joined(chosen)]).filter(|text| !text.is_empty()).collect()
        }
        Held::Picked { .. } => Vec::new(),
        Held::Time(_) => vec![label(chosen), joined(chosen)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chosen::Origin;
    use crate::model::{Choice, Expansion};

    fn shown(parameter: &str, comparison: Comparison, value: &str) -> bool {
        let choice = |value: &str| Choice { value: value.to_owned(), ..Choice::default() };
        let picked = |all, values: &[&str]| Chosen {
            held: Held::Picked { all, values: values.iter().map(|value| choice(value)).collect() },
            quote: "'".to_owned(),
            delimiter: ",".to_owned(),
            ..Chosen::text("", Origin::Given)
        };
        let scope = Scope {
            around: None,
            values: [
                ("Tab".to_owned(), Chosen::text("Summary", Origin::Author)),
                ("Ten".to_owned(), Chosen::text("10", Origin::Given)),
                ("Unset".to_owned(), Chosen { held: Held::Unset, ..Chosen::text("", Origin::Given) }),
                ("All".to_owned(), Chosen { select_all: Some("*".to_owned()), ..picked(true, &["A"]) }),
                ("Two".to_owned(), picked(false, &["A", "B"])),
                ("None".to_owned(), picked(false, &[])),
            ]
            .into(),
        };
        let circumstances = Circumstances { now: 0, faithful: false, expansion: Expansion::Braces };
        let condition = Condition { parameter: parameter.to_owned(), comparison, value: value.to_owned() };
        holds(&condition, &scope, &circumstances)
    }

    #[test]
    fn conditions() {
        use Comparison::*;
        for (parameter, comparison, value, wanted) in [
            ("Tab", Equal, "Summary", true),
            ("Tab", Equal, "summary", false),
            ("Tab", NotEqual, "Details", true),
            ("Tab", Equal, "{Tab}", true),
            ("Tab", Contains, "SUMM", true),
            ("Tab", NotContains, "x", true),
            ("Tab", StartsWith, "Su", true),
            ("Tab", EndsWith, "Su", false),
            ("Tab", Matches, "^S.*y$", true),
            ("Tab", Matches, "(", false),
            ("Tab:label", Equal, "Summary", true),
            ("Ten", Greater, "9", true),
            ("Ten", Less, "9", false),
            ("Ten", GreaterOrEqual, "10.0", true),
            ("Ten", LessOrEqual, "9.5", false),
            ("Ten", Greater, "", false),
            ("Unset", Empty, "", true),
            ("Unset", Equal, "", true),
            ("Unset", NotEqual, "", false),
            ("Unset", Less, "5", false),
            ("Absent", Equal, "", true),
            ("Absent", NotEmpty, "", false),
            ("Absent", NotEqual, "x", true),
            ("All", Equal, "*", true),
            ("All", Equal, "'*'", true),
            ("All", Equal, "value::all", true),
            ("All", NotEqual, "", true),
            ("Two", Equal, "A,B", true),
            ("Two", Equal, "'A','B'", true),
            ("Two", Contains, "B", true),
            ("None", Empty, "", true),
            ("None", NotEqual, "", false),
        ] {
            assert_eq!(shown(parameter, comparison, value), wanted, "{parameter} {comparison:?} {value}");
        }
    }
}
