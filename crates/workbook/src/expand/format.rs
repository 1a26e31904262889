//! What `{P}` and `{P:format}` say. In: a value and the format's name. Out: its texts, still apart from quotes and
//! delimiters, or nothing for a format that is not known: the braces then stay as they are.

use super::time;
use crate::chosen::{Chosen, Held, Origin};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;
use std::borrow::Cow;

/// What a value says in a format.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Said<'a> {
    /// Nothing: it is not set.
    Unset,
    /// Values, each in quotes, with delimiters between.
    Values(Vec<&'a str>),
    /// A text that has no quotes.
    Text(Cow<'a, str>),
    /// A time.
    Instant(i64),
    /// A text of ours, right in words and in queries.
    Made(String),
    /// As `Made`, where words and queries differ: in words, in queries.
    Range(String, String),
}

/// Formats of things of Azure's; here each is known by its name alone.
const OF_RESOURCES: &[&str] = &[
    "grid",
    "id",
    "kind",
    "location",
    "name",
    "resourcegroup",
    "resourcename",
    "resourcetype",
    "subid",
    "subscription",
    "subscriptionid",
    "tenantid",
    "type",
];

/// What the value says in that format; an empty format is none. Names of formats are known in any case.
pub(super) fn said<'a>(chosen: &'a Chosen, format: &str) -> Option<Said<'a>> {
    if let Some(path) = format.strip_prefix('$') {
        if !is_short(path) {
            return None;
        }
        let text = match chosen.held {
            Held::Unset => String::new(),
            Held::Text(_) | Held::Picked { .. } | Held::Time(_) => at_path(&plain(chosen), path),
        };
        return Some(Said::Text(text.into()));
    }
    let format = format.trim().to_ascii_lowercase();
    if let Held::Time(range) = &chosen.held
        && let Some(said) = time::said(range, &format)
    {
        return Some(said);
    }
    let unset = chosen.held == Held::Unset;
    Some(match format.as_str() {
        "" | "value" | "label" | "unformatted" if unset => Said::Unset,
        name if time::is_format(name) => return unset.then_some(Said::Unset),
        "" | "value" => match &chosen.held {
            Held::Picked { all: true, .. } if chosen.select_all.is_some() => {
                Said::Values(chosen.select_all.as_deref().into_iter().collect())
            }
            Held::Picked { values, .. } => {
                Said::Values(values.iter().map(|choice| choice.value.as_str()).collect())
            }
            Held::Text(text) => Said::Values(vec![text]),
            Held::Unset | Held::Time(_) => Said::Unset,
        },
        "label" => Said::Text(label(chosen).into()),
        "unformatted" => Said::Text(plain(chosen).into()),
        "escape" => Said::Text(uri(&joined(chosen)).into()),
        "escapejson" => Said::Text(json_inside(&joined(chosen)).into()),
        "base64" => Said::Text(STANDARD.encode(joined(chosen)).into()),
        "tomltojson" => Said::Text(json_of_toml(&plain(chosen)).into()),
        name if OF_RESOURCES.contains(&name) => Said::Text(plain(chosen).into()),
        _ => return None,
    })
}

/// The words of a value: labels, `All`; empty when it is not set.
pub(super) fn label(chosen: &Chosen) -> String {
    match &chosen.held {
        Held::Unset => String::new(),
        Held::Text(text) => text.clone(),
        Held::Picked { all: true, .. } => "All".to_owned(),
        Held::Picked { values, .. } => {
            let labels = values.iter().map(|one| if one.label.is_empty() { &one.value } else { &one.label });
            labels.map(String::as_str).collect::<Vec<_>>().join(", ")
        }
        Held::Time(range) => range.label(),
    }
}

/// The values without quotes, commas between; for all what stands for all.
pub(super) fn plain(chosen: &Chosen) -> String {
    match &chosen.held {
        Held::Unset => String::new(),
        Held::Text(text) => text.clone(),
        Held::Picked { all: true, .. } if chosen.select_all.is_some() => {
            chosen.select_all.clone().unwrap_or_default()
        }
        Held::Picked { values, .. } => {
            values.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>().join(",")
        }
        Held::Time(range) => range.text.clone(),
    }
}

/// The values in their quotes with their delimiters, as Azure writes them.
pub(super) fn joined(chosen: &Chosen) -> String {
    match said(chosen, "") {
        Some(Said::Values(values)) => quoted(&values, &chosen.quote, &chosen.delimiter),
        Some(Said::Range(_, query)) => query,
        Some(Said::Text(_) | Said::Unset | Said::Instant(_) | Said::Made(_)) | None => String::new(),
    }
}

/// Values in quotes with a delimiter between.
pub(super) fn quoted(values: &[&str], quote: &str, delimiter: &str) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("{quote}{value}{quote}")).collect();
    quoted.join(delimiter)
}

/// As part of an address: all but letters, digits and `-_.!~*'()` as per cent signs with two digits.
fn uri(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// As it stands between the quotes of a JSON string.
fn json_inside(text: &str) -> String {
    let quoted = Json::String(text.to_owned()).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// Whether a path takes no more than moments: those with many steps to all descendants, or with conditions within
/// conditions, can take years.
pub(crate) fn is_short(path: &str) -> bool {
    let most = [("..", 1), ("*", 3), ("?", 1), ("(", 3), ("!", 3), ("[", 12)];
    most.into_iter().all(|(sign, count)| path.matches(sign).count() <= count)
}

/// What stands at a path of a JSON text; several values as an array, nothing where the text is no JSON.
fn at_path(text: &str, path: &str) -> String {
    let Ok(json) = serde_json::from_str::<Json>(text) else { return String::new() };
    let Ok(path) = serde_json_path::JsonPath::parse(&format!("${path}")) else { return String::new() };
    match path.query(&json).all().as_slice() {
        [] => String::new(),
        [Json::String(text)] => text.clone(),
        [one] => one.to_string(),
        several => Json::Array(several.iter().map(|one| (*one).clone()).collect()).to_string(),
    }
}

/// TOML text as JSON text; nothing where it is no TOML.
fn json_of_toml(text: &str) -> String {
    match text.parse::<toml::Table>() {
        Ok(table) => json(toml::Value::Table(table)).to_string(),
        Err(_) => String::new(),
    }
}

fn json(value: toml::Value) -> Json {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(time) => time.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => {
            Json::Object(table.into_iter().map(|(name, value)| (name, json(value))).collect())
        }
    }
}

/// Who wrote what a value says. What stands for all is the author's, whoever chose it.
pub(super) fn origin(chosen: &Chosen) -> Origin {
    match chosen.held {
        Held::Time(_) | Held::Unset => Origin::Author,
        Held::Picked { all: true, .. } if chosen.select_all.is_some() => Origin::Author,
        Held::Text(_) | Held::Picked { .. } => chosen.origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Choice;
    use crate::time_range::TimeRange;

    fn picked(values: &[&str], all: bool) -> Chosen {
        let choice = |value: &&str| Choice {
            value: (*value).to_owned(),
            label: format!("<{value}>"),
            ..Choice::default()
        };
        Chosen {
            held: Held::Picked { all, values: values.iter().map(choice).collect() },
            quote: "'".to_owned(),
            delimiter: ",".to_owned(),
            ..Chosen::text("", Origin::Given)
        }
    }

    fn text(chosen: &Chosen, format: &str) -> Option<String> {
        Some(match said(chosen, format)? {
            Said::Unset => String::new(),
            Said::Values(values) => quoted(&values, &chosen.quote, &chosen.delimiter),
            Said::Text(text) => text.into_owned(),
            Said::Instant(ticks) => ticks.to_string(),
            Said::Made(text) => text,
            Said::Range(words, query) => format!("{words}|{query}"),
        })
    }

    #[test]
    fn strange_texts_in_every_format() {
        for (value, format, wanted) in [
            ("O'Neil", "", "O'Neil"),
            ("O'Neil", "escape", "O'Neil"),
            ("a b&c=d/é", "escape", "a%20b%26c%3Dd%2F%C3%A9"),
            ("'; drop table T", "value", "'; drop table T"),
            ("\"\\\n\u{1b}", "escapejson", "\\\"\\\\\\n\\u001b"),
            ("</script>", "base64", "PC9zY3JpcHQ+"),
            ("", "base64", ""),
            ("日本", "base64", "5pel5pys"),
            ("a = 1\n[b]\nc = ['x', 2026-11-01]", "tomltojson", r#"{"a":1,"b":{"c":["x","2026-11-01"]}}"#),
            ("no = toml = here", "tomltojson", ""),
            (r#"{"a":{"b":["x",2]}}"#, "$.a.b[0]", "x"),
            (r#"{"a":{"b":["x",2]}}"#, "$.a.b[1]", "2"),
            (r#"{"a":{"b":["x",2]}}"#, "$.a.b[*]", r#"["x",2]"#),
            (r#"{"a":{"b":["x",2]}}"#, "$.a", r#"{"b":["x",2]}"#),
            (r#"{"a":1}"#, "$.b", ""),
            ("no JSON", "$.a", ""),
            ("{}", "$[", ""),
            ("a,b", "unformatted", "a,b"),
            ("x", "SubscriptionId", "x"),
            ("x", "NAME", "x"),
        ] {
            let chosen = Chosen::text(value, Origin::Given);
            assert_eq!(text(&chosen, format).as_deref(), Some(wanted), "{value} as {format}");
        }
        for format in ["foo", "start", "grain", "query", "d{2}"] {
            assert_eq!(text(&Chosen::text("x", Origin::Given), format), None, "{format}");
        }
    }

    #[test]
    fn paths_as_long_as_they_may_be() {
        let nested = format!("{}{}", "[".repeat(100), "]".repeat(100));
        let chosen = Chosen::text(nested, Origin::Given);
        for path in ["..[?(", "[?(", "..", "..*", "[?@[?", "!", "*"] {
            let path = format!("${}", path.repeat(390 / path.len()));
            assert_eq!(text(&chosen, &path), None, "{path}");
        }
        assert!(text(&chosen, "$..*.*.*").is_some_and(|found| found.len() > 100));
        assert_eq!(text(&chosen, &format!("${}", ".a".repeat(190))).as_deref(), Some(""));
        assert_eq!(text(&chosen, &format!("${}", "[0]".repeat(12))).map(|found| found.len()), Some(176));
    }

    #[test]
    fn values_out_of_a_list() {
        let two = picked(&["A", "B"], false);
        for (format, wanted) in [
            ("", "'A','B'"),
            ("value", "'A','B'"),
            ("label", "<A>, <B>"),
            ("unformatted", "A,B"),
            ("escape", "'A'%2C'B'"),
            ("escapejson", "'A','B'"),
            ("$.x", ""),
        ] {
            assert_eq!(text(&two, format).as_deref(), Some(wanted), "{format}");
        }
        let all = picked(&["A", "B"], true);
        assert_eq!(text(&all, "").as_deref(), Some("'A','B'"));
        assert_eq!(text(&all, "label").as_deref(), Some("All"));
        let star = Chosen { select_all: Some("*".to_owned()), ..all };
        assert_eq!(text(&star, "").as_deref(), Some("'*'"));
        assert_eq!(text(&star, "unformatted").as_deref(), Some("*"));
        let unset = Chosen { held: Held::Unset, ..star };
        for format in ["", "label", "value", "escape", "start", "query", "$.a", "base64", "name"] {
            assert_eq!(text(&unset, format).as_deref(), Some(""), "{format}");
        }
    }

    #[test]
    fn a_range_of_time_has_the_formats_of_values_too() {
        let range = TimeRange { from: 0, to: 36_000_000_000, text: "1h".to_owned() };
        let chosen = Chosen { held: Held::Time(range), ..Chosen::text("", Origin::Given) };
        assert_eq!(text(&chosen, "escape").as_deref(), Some("%3E%20ago(1h)"));
        assert_eq!(text(&chosen, "unformatted").as_deref(), Some("1h"));
        assert_eq!(text(&chosen, "foo"), None);
    }
}
