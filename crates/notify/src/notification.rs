//! What is told of an alert: that it fired or that it is over, of which rule and series, by which measure.
//!
//! Every text may come from logs. It is kept as it is; `schema` and `readable` make it harmless where it leaves.

use crate::Link;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A notification. That of the resolution repeats that of the firing, with the time at which it was over.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Notification {
    /// The alert: the same in every attempt, in every channel, and when it resolves.
    pub alert: AlertId,
    /// The rule's name.
    pub rule: String,
    /// What people read first.
    pub title: String,
    /// What the rule is for; may be empty.
    pub description: String,
    /// How bad it is.
    pub severity: Severity,
    /// When it fired.
    pub fired: DateTime<Utc>,
    /// When it was over; none: this tells of the firing.
    pub resolved: Option<DateTime<Utc>>,
    /// The window that was evaluated: from, and to which it does not reach.
    pub window: (DateTime<Utc>, DateTime<Utc>),
    /// The dimensions and their values; none: the rule has one series.
    pub series: Vec<(String, String)>,
    /// What was measured, for each condition of the rule.
    pub measured: Vec<Measured>,
    /// Names and values that the rule's author gave.
    pub properties: Vec<(String, String)>,
    /// Where there is more to see on this machine: a report's file, the live page.
    pub link: Option<Link>,
}

/// What one condition measured.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Measured {
    /// The query's text.
    pub query: String,
    /// `timeAggregation`: `Count`, `Average`, `Minimum`, `Maximum`, `Total`.
    pub aggregation: String,
    /// The column that was aggregated; none: rows were counted.
    pub column: Option<String>,
    /// The value; none where there was none.
    #[serde(with = "number")]
    pub value: Option<f64>,
    /// How the value is compared with the threshold.
    pub operator: Operator,
    /// What the value is compared with.
    #[serde(with = "number")]
    pub threshold: f64,
    /// So many of so many windows had to fail.
    pub failing: (u32, u32),
}

/// Whether a notification tells of the beginning or of the end of an alert.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Of the beginning.
    Fired,
    /// Of the end.
    Resolved,
}

/// Sev0 (critical) to Sev4 (verbose).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Severity(u8);

/// How a value is compared with a threshold; `value OPERATOR threshold` fires.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Operator {
    Equals,
    NotEquals,
    GreaterThan,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
}

/// The id of an alert: a GUID in lower case, which who evaluates rules gives it. The same firing has the same id, whoever
/// computes it when.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AlertId(String);

impl Notification {
    /// Which of the two it is.
    pub fn kind(&self) -> Kind {
        match self.resolved {
            None => Kind::Fired,
            Some(_) => Kind::Resolved,
        }
    }

    /// The notification of the end of the alert that this one tells the beginning of.
    pub fn resolved(&self, at: DateTime<Utc>) -> Notification {
        Notification { resolved: Some(at), ..self.clone() }
    }
}

impl Kind {
    /// As the common alert schema says it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Fired => "Fired",
            Kind::Resolved => "Resolved",
        }
    }
}

impl Severity {
    /// `Sev0` to `Sev4` by number; none for others.
    pub fn new(number: u8) -> Option<Severity> {
        (number <= 4).then_some(Severity(number))
    }
}

impl TryFrom<u8> for Severity {
    type Error = String;
    fn try_from(number: u8) -> Result<Severity, String> {
        Severity::new(number).ok_or_else(|| format!("there is no severity {number}, only 0 to 4"))
    }
}

impl From<Severity> for u8 {
    fn from(severity: Severity) -> u8 {
        severity.0
    }
}

/// `Sev2`.
impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sev{}", self.0)
    }
}

impl Operator {
    /// Azure's name; `NotEquals` is Sentinel's alone.
    pub fn name(self) -> &'static str {
        match self {
            Operator::Equals => "Equals",
            Operator::NotEquals => "NotEquals",
            Operator::GreaterThan => "GreaterThan",
            Operator::GreaterThanOrEqual => "GreaterThanOrEqual",
            Operator::LessThan => "LessThan",
            Operator::LessThanOrEqual => "LessThanOrEqual",
        }
    }

    /// As Kusto writes it.
    pub fn symbol(self) -> &'static str {
        match self {
            Operator::Equals => "==",
            Operator::NotEquals => "!=",
            Operator::GreaterThan => ">",
            Operator::GreaterThanOrEqual => ">=",
            Operator::LessThan => "<",
            Operator::LessThanOrEqual => "<=",
        }
    }
}

impl AlertId {
    /// Its text: 36 characters.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AlertId {
    type Error = String;
    fn try_from(text: String) -> Result<AlertId, String> {
        let right = |(at, byte): (usize, u8)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        };
        if text.len() == 36 && text.bytes().enumerate().all(right) {
            return Ok(AlertId(text));
        }
        Err("the id of an alert is a GUID in lower case".to_owned())
    }
}

impl From<AlertId> for String {
    fn from(id: AlertId) -> String {
        id.0
    }
}

impl fmt::Display for AlertId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Numbers as texts: JSON has no infinity, and its reader takes a number for its neighbour now and then.
mod number {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    /// What is written as a text, or left out.
    pub trait Number: Sized {
        fn write(&self) -> Option<String>;
        fn read(text: Option<&str>) -> Option<Self>;
    }

    impl Number for f64 {
        fn write(&self) -> Option<String> {
            Some(self.to_string())
        }
        fn read(text: Option<&str>) -> Option<f64> {
            text?.parse().ok()
        }
    }

    impl Number for Option<f64> {
        fn write(&self) -> Option<String> {
            self.map(|number| number.to_string())
        }
        fn read(text: Option<&str>) -> Option<Option<f64>> {
            text.map(|text| text.parse().ok()).map_or(Some(None), |number| number.map(Some))
        }
    }

    pub fn serialize<S: Serializer>(number: &impl Number, serializer: S) -> Result<S::Ok, S::Error> {
        match number.write() {
            Some(text) => serializer.serialize_str(&text),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>, N: Number>(deserializer: D) -> Result<N, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        N::read(text.as_deref()).ok_or_else(|| D::Error::custom("no number"))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    pub(crate) fn failures() -> Notification {
        let series = vec![("JobId".to_owned(), "job-1".to_owned())];
        let fired = instant("2026-11-20T09:15:00Z");
        Notification {
            alert: AlertId::try_from("4792c6ce-e001-8477-a33f-bae282137c46".to_owned()).unwrap(),
            rule: "prov-failures".to_owned(),
            title: "Spike in failures".to_owned(),
            description: "More objects fail than usual.".to_owned(),
            severity: Severity::new(2).unwrap(),
            fired,
            resolved: None,
            window: (instant("2026-11-20T08:15:00Z"), fired),
            series,
            measured: vec![Measured {
                query: "AADProvisioningLogs\n| where ResultType == \"Failure\"".to_owned(),
                aggregation: "Count".to_owned(),
                column: None,
                value: Some(37.0),
                operator: Operator::GreaterThan,
                threshold: 10.0,
                failing: (1, 1),
            }],
            properties: vec![("team".to_owned(), "identity".to_owned())],
            link: Link::new("file:///tmp/report.html").ok(),
        }
    }

    /// Notifications with any texts.
    pub(crate) fn any_notification(longest: usize) -> impl Strategy<Value = Notification> {
        let text = move || {
            proptest::collection::vec(any::<char>(), 0..longest)
                .prop_map(|chars| chars.into_iter().collect::<String>())
        };
        let number = || {
            use proptest::num::f64::{INFINITE, NORMAL, QUIET_NAN, SUBNORMAL, ZERO};
            NORMAL | SUBNORMAL | ZERO | INFINITE | QUIET_NAN
        };
        let pairs = move || proptest::collection::vec((text(), text()), 0..6);
        let texts = (text(), text(), text(), text());
        (texts, pairs(), pairs(), proptest::option::of(number()), number(), any::<bool>()).prop_map(
            |((rule, title, description, query), series, properties, value, threshold, over)| {
                let mut one = failures();
                one.measured[0] = Measured {
                    query,
                    value,
                    threshold,
                    column: Some(title.clone()),
                    ..one.measured[0].clone()
                };
                let resolved = over.then_some(one.window.1);
                Notification { rule, title, description, series, properties, resolved, ..one }
            },
        )
    }

    #[test]
    fn ids_are_guids_in_lower_case() {
        let one = failures().alert;
        assert_eq!(AlertId::try_from(one.text().to_owned()), Ok(one));
        for wrong in ["", "../../../../../../../etc/passwd/......", "4792C6CE-e001-8477-a33f-bae282137c46"] {
            assert!(AlertId::try_from(wrong.to_owned()).is_err());
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_as_the_same(one in any_notification(20)) {
            let text = serde_json::to_string(&one).unwrap();
            let read: Notification = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), text);
            let same = |read: f64, one: f64| read.to_bits() == one.to_bits() || (read.is_nan() && one.is_nan());
            prop_assert!(same(read.measured[0].threshold, one.measured[0].threshold));
        }
    }
}
