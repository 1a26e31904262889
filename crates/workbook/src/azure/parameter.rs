//! Parameters. In: the content of an item of type 9. Out: its parameters, with the value they are shipped with and where
//! their values come from.

use super::{Reader, choices, items, loose, portal};
use crate::model::{Parameter, ParameterKind, Shipped, TimeContext};
use serde_json::Value as Json;

/// Reads the parameters of an item.
pub fn read_all(reader: &mut Reader, content: &Json, place: &str) -> Vec<Parameter> {
    let parameters = loose::list(content, "parameters");
    parameters.iter().map(|parameter| read(reader, parameter, place)).collect()
}

fn read(reader: &mut Reader, json: &Json, place: &str) -> Parameter {
    let settings = loose::object(json, "typeSettings");
    let name = loose::filled(json, "name").or_else(|| loose::filled(json, "id")).unwrap_or_default();
    let place = format!("{place}, parameter {name}");
    if name.is_empty() {
        reader.note(format!("{place}: it has no name, so nothing can refer to it"));
    }
    let kind = kind(reader, json, &place);
    let offers = loose::texts(&settings, "additionalResourceOptions");
    let first =
        |offer: &String| offer.strip_prefix("value::")?.parse::<usize>().ok().filter(|first| *first > 0);
    let durations = loose::list(&settings, "selectableValues");
    let durations = durations.iter().filter_map(milliseconds);
    Parameter {
        label: loose::filled(json, "label"),
        description: loose::filled(json, "description"),
        multiple: loose::is(json, "multiSelect"),
        quote: loose::text(json, "quote").unwrap_or_default(),
        delimiter: loose::text(json, "delimiter").unwrap_or_default(),
        offers_all: offers.iter().any(|offer| offer == "value::all"),
        select_all: loose::text(&settings, "selectAllValue").filter(|text| !text.is_empty()),
        offers_first: offers.iter().filter_map(first).collect(),
        limit: loose::count(&settings, "limitSelectTo").filter(|limit| *limit > 0),
        required: loose::is(json, "isRequired"),
        hidden: loose::is(json, "isHiddenWhenLocked"),
        quiet: false,
        global: loose::is(json, "isGlobal"),
        value: shipped(json, &kind),
        choices: choices::read(reader, json, &place),
        time: time_context(json),
        durations: durations.collect(),
        custom_time: kind == ParameterKind::TimeRange
            && loose::flag(&settings, "allowCustom").unwrap_or(true),
        rules: loose::list(&settings, "paramValidationRules").iter().filter_map(rule).collect(),
        conditions: items::conditions(reader, json, &place),
        kind,
        name,
    }
}

fn kind(reader: &mut Reader, json: &Json, place: &str) -> ParameterKind {
    match loose::whole(json, "type") {
        Some(1) | None => ParameterKind::Text,
        Some(2) => ParameterKind::DropDown,
        Some(4) => ParameterKind::TimeRange,
        Some(9) => ParameterKind::MultiValue,
        Some(10 | 11) => ParameterKind::Options,
        Some(kind) => match portal::resource(kind) {
            Some(what) => ParameterKind::Resource(what.to_owned()),
            None => {
                reader.note(format!("{place}: its type {kind} is not known; it holds a text"));
                ParameterKind::Text
            }
        },
    }
}

fn rule(json: &Json) -> Option<(String, bool, String)> {
    let pattern = loose::filled(json, "regExp")?;
    let wanted = loose::flag(json, "match").unwrap_or(true);
    Some((pattern, wanted, loose::text(json, "message").unwrap_or_default()))
}

/// The value a parameter is shipped with: the one saved with it, else its default.
fn shipped(json: &Json, kind: &ParameterKind) -> Shipped {
    let saved = ["value", "defaultValue"].map(|key| match json.get(key) {
        None => Shipped::Unset,
        Some(value) if *kind == ParameterKind::TimeRange => time(value),
        Some(value) => picked(value),
    });
    saved.into_iter().find(|value| *value != Shipped::Unset).unwrap_or_default()
}

fn picked(value: &Json) -> Shipped {
    match value {
        Json::Null => Shipped::Unset,
        Json::Array(values) => {
            let mut texts: Vec<String> =
                values.iter().filter(|value| !value.is_null()).map(written).collect();
            match texts.len() {
                0 => Shipped::Unset,
                1 => Shipped::Text(texts.remove(0)),
                _ => Shipped::List(texts),
            }
        }
        other => Shipped::Text(written(other)),
    }
}

fn written(value: &Json) -> String {
    loose::scalar(value).unwrap_or_else(|| value.to_string())
}

/// A span of time: an object, or a text that holds one.
fn time(value: &Json) -> Shipped {
    if let Json::String(text) = value {
        return serde_json::from_str::<Json>(text).map_or(Shipped::Unset, |value| match value {
            Json::String(_) => Shipped::Unset,
            other => time(&other),
        });
    }
    let (from, to) = (loose::filled(value, "startTime"), loose::filled(value, "endTime"));
    match (milliseconds(value), from, to) {
        (_, Some(from), Some(to)) => Shipped::Span(from, to),
        (Some(length), _, _) => Shipped::Milliseconds(length),
        (None, _, _) => Shipped::Unset,
    }
}

/// No span is longer, milliseconds: a century.
const LONGEST: f64 = 100.0 * 366.0 * 86_400_000.0;

/// The length of a span that ends now.
fn milliseconds(value: &Json) -> Option<i64> {
    let length = loose::number(value, "durationMs");
    length.filter(|length| (1.0..=LONGEST).contains(length)).map(|length| length as i64)
}

/// What bounds the time of a query, a parameter's or a panel's.
pub fn time_context(json: &Json) -> TimeContext {
    let named = loose::filled(json, "timeContextFromParameter");
    if let Some(name) = named {
        let name = name.trim().trim_start_matches('{').trim_end_matches('}');
        return TimeContext::Parameter(name.to_owned());
    }
    milliseconds(&loose::object(json, "timeContext")).map_or(TimeContext::InQuery, TimeContext::Milliseconds)
}
