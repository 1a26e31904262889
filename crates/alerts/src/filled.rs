//! A rule's query as it can be run by itself: over the evaluations of a stretch of time, narrowed to one series. In: a
//! rule, a stretch, the values of the series' dimensions. Out: a text with the values in it, and which rows it is asked
//! over. A value of the logs becomes a literal of the language and nothing else.

use crate::Timespan;
use crate::ask::Range;
use crate::evaluate::Labels;
use crate::own::{column_text, quoted};
use crate::rule::{Condition, Query, Rule};
use calypso_library::format::datetime_short;
use calypso_parser::ast::{FunctionParameter, Statement};

/// A query that can be run as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filled {
    /// KQL. What the rule is given at each evaluation is the default of its parameters.
    pub text: String,
    /// The rows it may see; none: it says so itself.
    pub range: Option<Range>,
    /// `now()` in it, ticks.
    pub now: i64,
}

impl Rule {
    /// The query of the rule's first criterion for its evaluations `after < t <= until`, narrowed to the series with
    /// those labels.
    pub fn filled(&self, after: i64, until: i64, labels: &Labels) -> Filled {
        let delayed = |at: i64| at.saturating_sub(self.schedule.delay.ticks());
        let every = self.schedule.every;
        // A query that is asked for windows of its own sees those of the first evaluation, too.
        let asked = |first: i64| Range {
            after: delayed(first).saturating_sub(self.range().ticks()),
            until: delayed(until),
        };
        let (query, range) = match &self.condition {
            Condition::Series(series) => (&series.query, None),
            Condition::Counted(counted) => (&counted.query, Some(asked(after.saturating_add(every.ticks())))),
            Condition::Measured(measured) => {
                let Some(first) = measured.criteria.first() else {
                    return Filled { text: String::new(), range: None, now: until };
                };
                (&first.query, Some(asked(after.saturating_add(every.ticks()))))
            }
        };
        let now = if range.is_some() { delayed(until) } else { until };
        let text = match range {
            None => {
                let text = narrowed(&with_defaults(query, after, until, every), labels);
                with_step(&text, "sort by At asc").unwrap_or(text)
            }
            Some(_) => narrowed(&query.text, labels),
        };
        Filled { text, range, now }
    }
}

/// The text with the values of an evaluation as defaults of `From`, `To` and `Every`.
fn with_defaults(query: &Query, after: i64, until: i64, every: Timespan) -> String {
    let text = &query.text;
    let parsed = calypso_parser::parse(text);
    let declared = parsed.query.statements.iter().find_map(|statement| {
        let Statement::DeclareQueryParameters(declared) = statement else { return None };
        Some(&declared.parameters)
    });
    let datetime = |ticks| format!("datetime({})", datetime_short(ticks));
    let value = |parameter: &FunctionParameter| match parameter.name.text.as_str() {
        "From" => Some(datetime(after)),
        "To" => Some(datetime(until)),
        "Every" => Some(format!("time({every})")),
        _ => None,
    };
    let mut out = String::with_capacity(text.len() + 100);
    let mut at = 0;
    for parameter in declared.into_iter().flatten() {
        let Some(value) = value(parameter) else { continue };
        let (before, after) = match &parameter.default {
            Some(default) => (default.span.range().start, default.span.range().end),
            None => (parameter.span.range().end, parameter.span.range().end),
        };
        let Some(kept) = text.get(at..before) else { continue };
        out += kept;
        if parameter.default.is_none() {
            out += " = ";
        }
        out += &value;
        at = after;
    }
    out + text.get(at..).unwrap_or_default()
}

/// The text with a last step that keeps the rows of one series; as it is, where that could not be read.
fn narrowed(text: &str, labels: &Labels) -> String {
    if labels.0.is_empty() {
        return text.to_owned();
    }
    let tests = labels.0.iter().map(|(column, value)| {
        let column = column_text(column);
        // A dimension may be a number; only then its text reads as one.
        let is_text = value.parse::<f64>().is_err() && !value.is_empty();
        let column = if is_text { column } else { format!("tostring({column})") };
        format!("{column} == {}", quoted(value))
    });
    let tests: Vec<String> = tests.collect();
    with_step(text, &format!("where {}", tests.join(" and "))).unwrap_or_else(|| text.to_owned())
}

/// The text with another step at its end; none where that cannot be read.
fn with_step(text: &str, step: &str) -> Option<String> {
    let longer = format!("{}\n| {step}", text.trim_end().trim_end_matches(';').trim_end());
    calypso_parser::parse(&longer).is_ok().then_some(longer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calypso_library::literals::datetime;
    use proptest::prelude::*;

    fn rule(text: &str) -> Rule {
        crate::read(text, "a.kql").rules.remove(0)
    }

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        Labels(pairs.iter().map(|(column, value)| (column.to_string(), value.to_string())).collect())
    }

    fn at(text: &str) -> i64 {
        datetime(text).unwrap()
    }

    const SERIES: &str =
        "// kind: series\n// every: 15m\n// window: 1h\n// dimensions: JobId\n// fires: Value > 1\n";

    #[test]
    fn a_series_has_its_stretch_as_defaults() {
        let declared = "declare query_parameters(From: datetime, To: datetime, Every: timespan = 1h, Limit: long = 3);\nT\n| where A > Limit;";
        let filled = rule(&format!("{SERIES}{declared}")).filled(
            at("2026-10-28T09:00"),
            at("2026-10-28T09:30"),
            &labels(&[("JobId", "a\"b"), ("The code", "17"), ("Empty", "")]),
        );
        assert_eq!(
            filled.text,
            "declare query_parameters(From: datetime = datetime(2026-10-28T09:00:00Z), \
             To: datetime = datetime(2026-10-28T09:30:00Z), Every: timespan = time(15m), Limit: long = 3);\nT\n\
             | where A > Limit\n\
             | where JobId == \"a\\\"b\" and tostring(['The code']) == \"17\" and tostring(Empty) == \"\"\n| sort by At asc"
                .replace("['The code']", "[\"The code\"]")
        );
        assert_eq!((filled.range, filled.now), (None, at("2026-10-28T09:30")));
    }

    #[test]
    fn other_rules_are_asked_over_their_range() {
        let text = "// every: 15m\n// window: 1h\n// delay: 5m\n// dimensions: JobId\n// fires: count() > 1\n// resolves: never\nT | where B // why\n";
        let filled =
            rule(text).filled(at("2026-10-28T09:00"), at("2026-10-28T09:15"), &labels(&[("JobId", "x")]));
        assert_eq!(filled.text, "T | where B // why\n| where JobId == \"x\"");
        let range = Range { after: at("2026-10-28T08:10"), until: at("2026-10-28T09:10") };
        assert_eq!((filled.range, filled.now), (Some(range), range.until));
    }

    proptest! {
        #[test]
        fn a_value_is_only_ever_a_value(value in ".*") {
            let filled = rule(&format!("{SERIES}T")).filled(0, 1, &labels(&[("JobId", &value)]));
            let parsed = calypso_parser::parse(&filled.text);
            prop_assert!(parsed.is_ok(), "{}", filled.text);
            let [Statement::Tabular(pipeline)] = parsed.query.statements.as_slice() else {
                return Err(TestCaseError::fail(filled.text));
            };
            prop_assert_eq!(pipeline.operators.len(), 2, "{}", filled.text);
        }
    }
}
