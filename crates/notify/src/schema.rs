//! A notification as Azure Monitor's common alert schema, so that what takes Azure's webhooks takes ours. Thresholds are
//! texts and values numbers there. Ids have the form of Azure's with a subscription of zeros.

use crate::notification::{Measured, Notification};
use crate::text::{cut, json};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

/// The longest body, in bytes: Azure's own limit.
pub const LIMIT: usize = 256 * 1024;

const SUBSCRIPTION: &str = "/subscriptions/00000000-0000-0000-0000-000000000000";
const WORKSPACE: &str = "/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/calypso/providers/\
                         microsoft.operationalinsights/workspaces/local";

/// How many bytes of a text, and how many items of a list, are taken along: the first that makes a body within the limit.
/// With the last there are some hundred texts of 128 bytes at most, of which escapes make six times as many.
const SIZES: [Size; 4] = [
    Size { text: 64 * 1024, items: 1000 },
    Size { text: 8 * 1024, items: 100 },
    Size { text: 1024, items: 20 },
    Size { text: 128, items: 5 },
];

#[derive(Clone, Copy)]
struct Size {
    text: usize,
    items: usize,
}

/// The JSON text: one line without control characters, at most [`LIMIT`] bytes. What does not fit is cut, with `…`.
pub fn common_alert_schema(notification: &Notification) -> String {
    let mut text = String::new();
    for size in SIZES.into_iter().filter(|size| bytes(notification, *size) <= LIMIT) {
        text = json(&body(notification, size));
        if text.len() <= LIMIT {
            break;
        }
    }
    text
}

/// How many bytes the texts have that would be taken along, without what JSON adds: what cannot fit is not tried.
fn bytes(one: &Notification, size: Size) -> usize {
    let text = |text: &str| text.len().min(size.text);
    let pairs = |pairs: &[(String, String)]| -> usize {
        pairs.iter().take(size.items).map(|(name, value)| text(name) + text(value)).sum()
    };
    let measured: usize = one.measured.iter().take(size.items).map(|measured| text(&measured.query)).sum();
    let series = pairs(&one.series) * one.measured.len().min(size.items);
    2 * text(&one.rule) + text(&one.description) + 2 * pairs(&one.properties) + measured + series
}

fn body(one: &Notification, size: Size) -> Value {
    let cut = |text: &str| cut(text, size.text);
    let time = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    let link = one.link.as_ref().map(ToString::to_string).map(|link| cut(&link));
    let properties = pairs(&one.properties, size);
    let window = iso(one.window.1 - one.window.0);
    json!({
        "schemaId": "azureMonitorCommonAlertSchema",
        "data": {
            "essentials": {
                "alertId": format!("{SUBSCRIPTION}/providers/Microsoft.AlertsManagement/alerts/{}", one.alert),
                "alertRule": cut(&one.rule),
                "alertRuleID": format!(
                    "{SUBSCRIPTION}/resourceGroups/calypso/providers/microsoft.insights/scheduledqueryrules/{}",
                    cut(&one.rule)
                ),
                "severity": one.severity.to_string(),
                "signalType": "Log",
                "monitorCondition": one.kind().name(),
                "targetResourceType": "microsoft.operationalinsights/workspaces",
                "monitoringService": "Log Alerts V2",
                "alertTargetIDs": [WORKSPACE],
                "configurationItems": [WORKSPACE],
                "originAlertId": one.alert.text(),
                "firedDateTime": time(one.fired),
                "resolvedDateTime": one.resolved.map(time),
                "description": cut(&one.description),
                "essentialsVersion": "1.0",
                "alertContextVersion": "1.0",
                "investigationLink": link,
            },
            "alertContext": {
                "properties": properties.clone(),
                "conditionType": "LogQueryCriteria",
                "condition": {
                    "windowSize": window,
                    "allOf": one.measured.iter().take(size.items).map(|measured| {
                        condition(one, measured, link.as_deref(), size)
                    }).collect::<Vec<_>>(),
                    "windowStartTime": time(one.window.0),
                    "windowEndTime": time(one.window.1),
                },
            },
            "customProperties": properties,
        },
    })
}

fn condition(one: &Notification, measured: &Measured, link: Option<&str>, size: Size) -> Value {
    let dimensions = one.series.iter().take(size.items);
    json!({
        "searchQuery": cut(&measured.query, size.text),
        "metricMeasureColumn": measured.column.as_ref().map(|column| cut(column, size.text)),
        "targetResourceTypes": "['Microsoft.OperationalInsights/workspaces']",
        "operator": measured.operator.name(),
        "threshold": measured.threshold.to_string(),
        "timeAggregation": cut(&measured.aggregation, size.text),
        "dimensions": dimensions
            .map(|(name, value)| json!({"name": cut(name, size.text), "value": cut(value, size.text)}))
            .collect::<Vec<_>>(),
        // No number of JSON: null.
        "metricValue": measured.value,
        "failingPeriods": {
            "numberOfEvaluationPeriods": measured.failing.1,
            "minFailingPeriodsToAlert": measured.failing.0,
        },
        "linkToSearchResultsUI": link,
        "linkToFilteredSearchResultsUI": link,
        "linkToSearchResultsAPI": null,
        "linkToFilteredSearchResultsAPI": null,
    })
}

fn pairs(pairs: &[(String, String)], size: Size) -> Value {
    let pairs = pairs.iter().take(size.items);
    Value::Object(
        pairs
            .map(|(name, value)| (cut(name, size.text), cut(value, size.text).into()))
            .collect::<Map<_, _>>(),
    )
}

/// A length of time as ISO 8601 has it: `PT1H`, `P1D`.
fn iso(length: chrono::TimeDelta) -> String {
    let seconds = length.num_seconds().max(0);
    let units = [(86_400, "P", "D"), (3600, "PT", "H"), (60, "PT", "M")];
    match units.iter().find(|(unit, ..)| seconds > 0 && seconds % unit == 0) {
        Some((unit, before, behind)) => format!("{before}{}{behind}", seconds / unit),
        None => format!("PT{seconds}S"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notification::tests::{any_notification, failures, instant};
    use proptest::prelude::*;

    fn parsed(notification: &Notification) -> Value {
        serde_json::from_str(&common_alert_schema(notification)).unwrap()
    }

    #[test]
    fn a_firing_and_its_resolution() {
        let fired = parsed(&failures());
        let expected = json!({
            "schemaId": "azureMonitorCommonAlertSchema",
            "data": {
                "essentials": {
                    "alertId": format!("/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.AlertsManagement/alerts/{}", failures().alert),
                    "alertRule": "prov-failures",
                    "alertRuleID": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/calypso/providers/microsoft.insights/scheduledqueryrules/prov-failures",
                    "severity": "Sev2",
                    "signalType": "Log",
                    "monitorCondition": "Fired",
                    "targetResourceType": "microsoft.operationalinsights/workspaces",
                    "monitoringService": "Log Alerts V2",
                    "alertTargetIDs": ["/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/calypso/providers/microsoft.operationalinsights/workspaces/local"],
                    "configurationItems": ["/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/calypso/providers/microsoft.operationalinsights/workspaces/local"],
                    "originAlertId": failures().alert.text(),
                    "firedDateTime": "2026-11-20T09:15:00Z",
                    "resolvedDateTime": null,
                    "description": "More objects fail than usual.",
                    "essentialsVersion": "1.0",
                    "alertContextVersion": "1.0",
                    "investigationLink": "file:///tmp/report.html",
                },
                "alertContext": {
                    "properties": {"team": "identity"},
                    "conditionType": "LogQueryCriteria",
                    "condition": {
                        "windowSize": "PT1H",
                        "allOf": [{
                            "searchQuery": "AADProvisioningLogs\n| where ResultType == \"Failure\"",
                            "metricMeasureColumn": null,
                            "targetResourceTypes": "['Microsoft.OperationalInsights/workspaces']",
                            "operator": "GreaterThan",
                            "threshold": "10",
                            "timeAggregation": "Count",
                            "dimensions": [{"name": "JobId", "value": "job-1"}],
                            "metricValue": 37.0,
                            "failingPeriods": {"numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1},
                            "linkToSearchResultsUI": "file:///tmp/report.html",
                            "linkToFilteredSearchResultsUI": "file:///tmp/report.html",
                            "linkToSearchResultsAPI": null,
                            "linkToFilteredSearchResultsAPI": null,
                        }],
                        "windowStartTime": "2026-11-20T08:15:00Z",
                        "windowEndTime": "2026-11-20T09:15:00Z",
                    },
                },
                "customProperties": {"team": "identity"},
            },
        });
        assert_eq!(fired, expected);
        let mut resolved = expected;
        resolved["data"]["essentials"]["monitorCondition"] = "Resolved".into();
        resolved["data"]["essentials"]["resolvedDateTime"] = "2026-11-20T10:00:00Z".into();
        assert_eq!(parsed(&failures().resolved(instant("2026-11-20T10:00:00Z"))), resolved);
    }

    #[test]
    fn lengths_of_windows() {
        for (minutes, text) in [(0, "PT0S"), (5, "PT5M"), (90, "PT90M"), (120, "PT2H"), (2880, "P2D")] {
            assert_eq!(iso(chrono::TimeDelta::minutes(minutes)), text);
        }
    }

    #[test]
    fn what_does_not_fit_is_cut() {
        let mut one = failures();
        one.measured[0].query = "\"\u{1}".repeat(300_000);
        let cut = parsed(&one);
        let query = cut["data"]["alertContext"]["condition"]["allOf"][0]["searchQuery"].as_str().unwrap();
        assert!(query.ends_with('…') && query.len() > 1000, "{}", query.len());
        // Many long texts of characters that are written as six.
        let long = "\u{1}".repeat(20_000);
        let pairs: Vec<_> = (0..2000).map(|n| (format!("{n}{long}"), long.clone())).collect();
        one.properties = pairs.clone();
        one.series = pairs;
        one.measured = vec![one.measured[0].clone(); 20];
        for text in [&mut one.rule, &mut one.title, &mut one.description] {
            *text = long.clone();
        }
        assert!(common_alert_schema(&one).len() <= LIMIT);
    }

    proptest! {
        #[test]
        fn any_notification_is_json_of_limited_size(one in any_notification(3000)) {
            let text = common_alert_schema(&one);
            prop_assert!(text.len() <= LIMIT && !text.contains(char::is_control));
            let value: Value = serde_json::from_str(&text).unwrap();
            let condition = &value["data"]["alertContext"]["condition"]["allOf"][0];
            prop_assert!(condition["threshold"].is_string());
            prop_assert!(condition["metricValue"].is_number() == one.measured[0].value.is_some_and(f64::is_finite));
        }
    }
}
