//! A rule as YAML of Sentinel's repository.

use super::lost;
use crate::Finding;
use crate::rule::*;
use serde_json::{Value as Json, json};

/// Writes it; what the form cannot say is among the findings.
pub fn write(rule: &Rule, findings: &mut Vec<Finding>) -> Option<String> {
    let Condition::Counted(counted) = &rule.condition else {
        let what = "the query gives the values of all evaluations, and Sentinel counts rows";
        findings.push(Finding::error("not-carried-over", rule.source.place, what).of(&rule.name));
        return None;
    };
    let mut out = String::new();
    let mut say = |key: &str, value: &Json| out += &field(key, value);
    let (above, below): (Vec<_>, Vec<_>) = rule.kept.iter().partition(|(path, _)| path == "id");
    above.iter().for_each(|(path, value)| say(path, value));
    say("name", &json!(rule.title.as_ref().unwrap_or(&rule.name)));
    say("description", &json!(rule.description.as_deref().unwrap_or("")));
    say("severity", &json!(rule.severity.sentinel_name()));
    if !rule.enabled {
        findings.push(lost(rule, "the repository's files do not say whether a rule is enabled"));
    }
    if !counted.realtime {
        let operator = match counted.operator {
            Comparison::Greater | Comparison::GreaterOrEqual => "gt",
            Comparison::Less | Comparison::LessOrEqual => "lt",
            Comparison::Equal => "eq",
            Comparison::NotEqual => "ne",
        };
        let threshold = match counted.operator {
            Comparison::GreaterOrEqual => counted.threshold.checked_sub(1),
            Comparison::LessOrEqual => counted.threshold.checked_add(1),
            Comparison::Greater | Comparison::Less | Comparison::Equal | Comparison::NotEqual => {
                Some(counted.threshold)
            }
        };
        if threshold.is_none() {
            let what = "`count() >= 0` always fires, and Sentinel cannot say it";
            findings.push(Finding::error("not-carried-over", rule.source.place, what).of(&rule.name));
        }
        say("queryFrequency", &json!(short(rule.schedule.every)));
        say("queryPeriod", &json!(short(counted.period)));
        say("triggerOperator", &json!(operator));
        say("triggerThreshold", &json!(threshold.unwrap_or(0)));
    }
    for (key, list) in [("tactics", &counted.tactics), ("relevantTechniques", &counted.techniques)] {
        if !list.is_empty() {
            say(key, &json!(list));
        }
    }
    say("query", &json!(counted.query.text));
    parts(counted, &mut say);
    say("kind", &json!(if counted.realtime { "NRT" } else { "Scheduled" }));
    for (path, value) in below {
        let azure = path.starts_with("properties.")
            || ["type", "apiVersion", "location", "kind"].contains(&path.as_str());
        if azure || path.contains(['.', '[']) {
            findings.push(lost(rule, format!("`{path}` has no place in a file of Sentinel's repository")));
        } else {
            say(path, value);
        }
    }
    Some(out)
}

fn parts(counted: &Counted, say: &mut impl FnMut(&str, &Json)) {
    let pairs = |pairs: &[(String, String)], name: &str, column: &str| -> Vec<Json> {
        pairs.iter().map(|(one, other)| json!({name: one, column: other})).collect()
    };
    if !counted.entities.is_empty() {
        let mapping = |one: &EntityMapping| json!({"entityType": one.entity, "fieldMappings": pairs(&one.fields, "identifier", "columnName")});
        say("entityMappings", &counted.entities.iter().map(mapping).collect());
    }
    if !counted.details.is_empty() {
        let details = counted.details.iter().map(|(name, column)| (name.clone(), json!(column)));
        say("customDetails", &Json::Object(details.collect()));
    }
    let overrides = &counted.overrides;
    if *overrides != Overrides::default() {
        let mut map = serde_json::Map::new();
        let texts = [
            ("alertDisplayNameFormat", &overrides.title),
            ("alertDescriptionFormat", &overrides.description),
            ("alertSeverityColumnName", &overrides.severity_column),
            ("alertTacticsColumnName", &overrides.tactics_column),
        ];
        for (key, text) in texts {
            text.iter().for_each(|text| {
                map.insert(key.to_owned(), json!(text));
            });
        }
        if !overrides.properties.is_empty() {
            map.insert(
                "alertDynamicProperties".to_owned(),
                pairs(&overrides.properties, "alertProperty", "value").into(),
            );
        }
        say("alertDetailsOverride", &Json::Object(map));
    }
    if counted.grouping == Grouping::PerResult {
        say("eventGroupingSettings", &json!({"aggregationKind": "AlertPerResult"}));
    }
    if let Some(span) = counted.suppression {
        say("suppressionDuration", &json!(short(span)));
        say("suppressionEnabled", &json!(true));
    }
}

/// Sentinel's short form where there is one.
fn short(span: crate::Timespan) -> String {
    let text = span.to_string();
    if text.contains(':') { span.iso() } else { text }
}

/// A field: long texts as they are, other values as JSON, which is YAML.
fn field(key: &str, value: &Json) -> String {
    match value {
        Json::String(text) if is_block(text) => {
            let lines: String = text
                .lines()
                .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") })
                .collect();
            format!("{key}: |\n{lines}")
        }
        Json::String(text) if is_word(text) => format!("{key}: {text}\n"),
        other => format!("{key}: {other}\n"),
    }
}

/// Whether a text of several lines stays itself as a block.
fn is_block(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with([' ', '\n', '\t'])
        && !text.ends_with(['\n', ' '])
        && !text.chars().any(|c| {
            (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}')
        })
        && text.lines().all(|line| !line.trim().is_empty() || line.is_empty())
}

/// Whether a text is a plain word that YAML takes for a text.
fn is_word(text: &str) -> bool {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    plain
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_ascii_lowercase().as_str())
}
