//! Parameter values: what a reader gave (`Status=Failure,Skipped`), or the defaults. In: names and texts. Out: one
//! value for each parameter, and the values that queries are bound with. They are data, never query text.

use crate::description::{Description, Parameter, ParameterKind};
use crate::error::DashboardError;
use crate::time_range::TimeRange;
use calypso_library::{Json, Value};
use std::collections::BTreeMap;

/// The value of one parameter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Chosen {
    /// A span of time.
    Time(TimeRange),
    /// These out of the list; none is all.
    Choice(Vec<String>),
    /// A text.
    Text(String),
}

impl Chosen {
    /// For readers.
    pub fn shown(&self) -> String {
        match self {
            Chosen::Time(range) => range.shown(),
            Chosen::Choice(values) if values.is_empty() => "all".to_owned(),
            Chosen::Choice(values) => values.join(", "),
            Chosen::Text(text) if text == "*" => "all".to_owned(),
            Chosen::Text(text) => text.clone(),
        }
    }

    /// Whether it leaves everything in.
    pub fn is_all(&self) -> bool {
        match self {
            Chosen::Time(_) => false,
            Chosen::Choice(values) => values.is_empty(),
            Chosen::Text(text) => text == "*",
        }
    }

    /// The names and values that queries see.
    pub fn bound(&self, name: &str) -> Vec<(String, Value)> {
        match self {
            Chosen::Time(range) => vec![
                ("_startTime".to_owned(), Value::DateTime(range.from)),
                ("_endTime".to_owned(), Value::DateTime(range.to)),
                ("_grain".to_owned(), Value::TimeSpan(range.grain())),
            ],
            Chosen::Choice(values) => {
                let items = values.iter().cloned().map(Json::String).collect();
                vec![(format!("_{name}"), Value::Dynamic(Json::Array(items)))]
            }
            Chosen::Text(text) => vec![(format!("_{name}"), Value::String(text.clone()))],
        }
    }
}

/// One value for each parameter, in the order described.
///
/// # Errors
/// When a name is not known, a text is no value of its parameter, or there are too many.
pub fn choose(
    description: &Description,
    given: &[(String, String)],
    now: i64,
) -> Result<Vec<Chosen>, DashboardError> {
    let mut texts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, text) in given {
        texts.entry(description.parameter(name)?.name.as_str()).or_default().push(text);
    }
    let chosen = description.parameters.iter().map(|parameter| {
        let given = texts.get(parameter.name.as_str()).map_or(&[][..], Vec::as_slice);
        value(parameter, given, now)
    });
    chosen.collect()
}

fn value(parameter: &Parameter, given: &[&str], now: i64) -> Result<Chosen, DashboardError> {
    let label = parameter.label();
    let last = given.last().copied().or(parameter.default.as_deref());
    match parameter.kind {
        ParameterKind::TimeRange => {
            let text = last.unwrap_or_default();
            TimeRange::read(text, now).map(Chosen::Time).ok_or_else(|| {
                DashboardError::new(format!("`{text}` is no time range for {label}")).with_help(format!(
                    "write a length such as {}, or two times with `..` between",
                    parameter.choices.first().map_or("48h", String::as_str)
                ))
            })
        }
        ParameterKind::Text => Ok(Chosen::Text(last.unwrap_or_default().to_owned())),
        ParameterKind::Choice => {
            let values = match given {
                [] => split(parameter.default.as_deref().unwrap_or("all")),
                [one] => split(one),
                several => several.iter().map(|text| (*text).to_owned()).collect(),
            };
            if values.is_empty() {
                return Err(DashboardError::new(format!("no value chosen for {label}"))
                    .with_help("`all` leaves everything in"));
            }
            if values.iter().any(|value| value == "*" || value.eq_ignore_ascii_case("all")) {
                return Ok(Chosen::Choice(Vec::new()));
            }
            if values.len() > 1 && !parameter.multiple {
                return Err(DashboardError::new(format!("{label} takes one value, not {}", values.len())));
            }
            Ok(Chosen::Choice(values))
        }
    }
}

/// The values of one text: split at commas, except within double quotes; empty ones are dropped.
fn split(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut quoted = false;
    for c in text.chars() {
        let value = values.last_mut().expect("there is always a last value");
        match c {
            '"' if quoted || value.trim().is_empty() => quoted = !quoted,
            ',' if !quoted => values.push(String::new()),
            _ => value.push(c),
        }
    }
    values.into_iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn description() -> Description {
        let text = "title='t'\ntable='T'\n[[parameter]]\nname='Date'\nkind='time-range'\ndefault='2d'\n\
            [[parameter]]\nname='JobId'\nlabel='Job Id'\nkind='choice'\nmultiple=true\n\
            [[parameter]]\nname='One'\nkind='choice'\n[[parameter]]\nname='Any'\nkind='text'\ndefault='*'\n";
        Description::read(text, "t.toml").unwrap()
    }

    fn chosen(given: &[(&str, &str)]) -> Result<Vec<Chosen>, String> {
        let given: Vec<_> = given.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
        choose(&description(), &given, 1 << 59).map_err(|error| error.to_string())
    }

    fn texts(values: &[&str]) -> Chosen {
        Chosen::Choice(values.iter().map(|value| value.to_string()).collect())
    }

    #[test]
    fn several_values() {
        assert_eq!(chosen(&[("job id", "a, b")]).unwrap()[1], texts(&["a", "b"]));
        assert_eq!(chosen(&[("JobId", "\"a, b\",c")]).unwrap()[1], texts(&["a, b", "c"]));
        assert_eq!(chosen(&[("JobId", "a, b"), ("JobId", "O'Neil")]).unwrap()[1], texts(&["a, b", "O'Neil"]));
        assert_eq!(chosen(&[("JobId", "ALL")]).unwrap()[1], texts(&[]));
        assert_eq!(chosen(&[]).unwrap()[3], Chosen::Text("*".into()));
    }

    #[test]
    fn what_is_no_value_is_refused() {
        assert_eq!(
            chosen(&[("JobId", " ,")]).unwrap_err(),
            "no value chosen for Job Id; `all` leaves everything in"
        );
        assert_eq!(chosen(&[("One", "a,b")]).unwrap_err(), "One takes one value, not 2");
        assert!(chosen(&[("Date", "soon")]).unwrap_err().starts_with("`soon` is no time range for Date"));
        assert_eq!(
            chosen(&[("Jobs", "a")]).unwrap_err(),
            "no parameter named `Jobs`; there are `Date`, `JobId`, `One`, `Any`"
        );
    }
}
