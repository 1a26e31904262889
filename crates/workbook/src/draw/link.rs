//! What a click on a cell does. In: the link of a formatter and the row. Out: an action that is safe to follow: only
//! `http` and `https` addresses are opened.

use super::rows::RowText;
use crate::draw::Surroundings;
use crate::model::{CellLink, LinkTarget, LinkValue};
use calypso_library::{Json, Value};
use calypso_view::Action;
use calypso_view::text::value_text;

/// The action of a cell of the column `name`; none where there is nothing to follow. A link may mean the value of
/// another column.
pub fn action(
    link: &CellLink,
    name: &str,
    value: &Value,
    row: &dyn RowText,
    around: &dyn Surroundings,
) -> Option<Action> {
    if let Some(column) = &link.column {
        let own = CellLink { column: None, ..link.clone() };
        return action(&own, column, &row.value(column)?, row, around);
    }
    match &link.target {
        LinkTarget::Url => address(&value_text(value)).map(Action::Open),
        LinkTarget::Cell => {
            let text = whole_text(value);
            (!text.is_empty()).then(|| Action::Details(vec![(name.to_owned(), text)]))
        }
        LinkTarget::Row => Some(Action::Details(row.all())),
        LinkTarget::Workbook { template, parameters } => {
            Some(workbook(&link_value(template, row, around), parameters, row, around))
        }
        LinkTarget::Portal(what) => Some(Action::Portal(what.clone())),
    }
}

/// The text as an address, when it is one of the web.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c);
    (web && !host.is_empty() && !host.contains('@') && !text.contains(odd)).then(|| text.to_owned())
}

/// The text of a value, JSON in lines.
fn whole_text(value: &Value) -> String {
    let lines = |json: &Json| serde_json::to_string_pretty(json).ok();
    let text = value_text(value);
    let tree = match value {
        Value::Dynamic(json @ (Json::Array(_) | Json::Object(_))) => lines(json),
        Value::String(_) | Value::Dynamic(Json::String(_)) if text.trim_start().starts_with(['{', '[']) => {
            serde_json::from_str(&text).ok().and_then(|json| lines(&json))
        }
        Value::Null(_)
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Long(_)
        | Value::Real(_)
        | Value::Decimal(_)
        | Value::String(_)
        | Value::DateTime(_)
        | Value::TimeSpan(_)
        | Value::Guid(_)
        | Value::Dynamic(_) => None,
    };
    tree.unwrap_or(text)
}

/// A value that a link passes on; what is not there is the empty text.
pub fn link_value(value: &LinkValue, row: &dyn RowText, around: &dyn Surroundings) -> String {
    match value {
        LinkValue::Text(text) => around.words(text),
        LinkValue::Column(column) => row.text(column).unwrap_or_default(),
        LinkValue::Parameter(parameter) => around.value(parameter).unwrap_or_default(),
    }
}

/// Opens another workbook with the values of this one, and those of the link in place of values of the same name.
fn workbook(
    template: &str,
    parameters: &[(String, LinkValue)],
    row: &dyn RowText,
    around: &dyn Surroundings,
) -> Action {
    let Some(name) = around.workbook(template) else {
        return Action::Portal(format!("opens the workbook {template}"));
    };
    let mut given = around.passed();
    given.retain(|(key, _)| !parameters.iter().any(|(parameter, _)| parameter == key));
    given.extend(parameters.iter().map(|(key, value)| (key.clone(), link_value(value, row, around))));
    Action::Workbook { name, given }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web() {
        for text in ["https://a.b/c?d=e#f", " HTTP://a ", "http://[::1]:80/"] {
            assert_eq!(address(text).as_deref(), Some(text.trim()));
        }
        for text in [
            "",
            "javascript://a/%0aalert(1)",
            "javascript:alert(1)",
            "http://",
            "https:///x",
            "ftp://a",
            "a.b",
            "https://a\u{1b}b",
            "https://a b",
            "data:text/html,x",
            "https://a\"onclick",
            "https://login.example@elsewhere.example/",
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    #[test]
    fn json_is_shown_in_lines() {
        assert_eq!(whole_text(&Value::String("{\"a\":1}".into())), "{\n  \"a\": 1\n}");
        assert_eq!(whole_text(&Value::String("{no".into())), "{no");
        assert_eq!(whole_text(&Value::Dynamic(serde_json::json!([1]))), "[\n  1\n]");
    }
}
