//! Azure's JSON.

use super::{findings, rule};
use crate::rule::*;
use crate::{Timespan, read};

/// A resource with some of its properties replaced: paths into `properties` and values.
pub(super) fn resource(changes: &[(&str, serde_json::Value)]) -> String {
    let mut json = serde_json::json!({
        "type": "Microsoft.Insights/scheduledQueryRules", "apiVersion": "2023-12-01", "name": "many-failures",
        "location": "northeurope", "kind": "LogAlert",
        "properties": {
            "displayName": "Many failures", "severity": 1, "enabled": true, "evaluationFrequency": "PT15M",
            "windowSize": "PT1H", "scopes": ["/subscriptions/1"],
            "criteria": {"allOf": [{
                "query": "AADProvisioningLogs\n| where ResultType == \"Failure\"\n", "timeAggregation": "Count",
                "metricMeasureColumn": null, "operator": "GreaterThan", "threshold": 10,
                "dimensions": [{"name": "JobId", "operator": "Include", "values": ["*"]},
                               {"name": "Action", "operator": "Exclude", "values": ["Other"]}],
                "failingPeriods": {"numberOfEvaluationPeriods": 3, "minFailingPeriodsToAlert": 2}
            }]},
            "autoMitigate": true,
            "actions": {"actionGroups": ["/g"], "customProperties": {"team": "identity"}}
        }
    });
    for (path, value) in changes {
        let pointer = format!("/properties/{path}");
        let (parent, key) = pointer.rsplit_once('/').expect("a path");
        json.pointer_mut(parent).expect("there")[key] = value.clone();
    }
    serde_json::to_string_pretty(&json).expect("json")
}

#[test]
fn a_resource() {
    let rule = rule(read(&resource(&[]), "rules.json"));
    assert_eq!((rule.name.as_str(), rule.title.as_deref()), ("many-failures", Some("Many failures")));
    assert_eq!((rule.severity, rule.schedule.every), (Severity::Error, Timespan::minutes(15)));
    assert_eq!(rule.life, Life::Stateful { resolve: Resolve::Azure });
    assert_eq!(rule.properties, [("team".to_owned(), "identity".to_owned())]);
    assert!(
        rule.kept.iter().any(|(path, value)| path == "properties.scopes" && value[0] == "/subscriptions/1")
    );
    let Condition::Measured(measured) = &rule.condition else { panic!("measured") };
    assert_eq!((measured.windows(), measured.range()), (3, Timespan::hours(3)));
    let criterion = &measured.criteria[0];
    assert_eq!(
        (&criterion.measure, criterion.operator, criterion.threshold),
        (&Measure::Rows, Comparison::Greater, 10.0)
    );
    assert_eq!(criterion.dimensions[0].values, Values::All);
    assert!(!criterion.dimensions[1].values.admits("Other") && criterion.dimensions[1].values.admits(""));
    assert_eq!(criterion.query.text, "AADProvisioningLogs\n| where ResultType == \"Failure\"");
}

#[test]
fn resources_within_templates() {
    let resource: serde_json::Value = serde_json::from_str(&resource(&[])).expect("json");
    let nested = serde_json::json!({"type": "Microsoft.Resources/deployments", "properties": {"template": {"resources": [resource]}}});
    let template = serde_json::json!({"resources": {"one": resource, "two": nested, "other": {"type": "x"}}});
    for (file, count) in [(template, 2), (serde_json::json!([resource, resource]), 2)] {
        let reading = read(&file.to_string(), "a.json");
        assert_eq!((reading.findings.len(), reading.rules.len()), (0, count));
    }
    assert_eq!(
        findings("{\"resources\": []}", "a.json"),
        [
            "1:1 error: no resource of the type Microsoft.Insights/scheduledQueryRules or Microsoft.SecurityInsights/alertRules"
        ]
    );
}

#[test]
fn what_is_not_evaluated_is_refused_by_name() {
    let said = |path: &str, value: serde_json::Value| {
        let found = findings(&resource(&[(path, value)]), "a.json");
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].split_once(' ').expect("a place").1.to_owned()
    };
    assert_eq!(
        said("criteria/allOf/0/criterionType", "DynamicThresholdCriterion".into()),
        "error: properties.criteria.allOf[0]: dynamic thresholds are not evaluated here; how Azure learns them is not \
         published; give a threshold; `calypso alert backtest` suggests one"
    );
    assert_eq!(said("severity", 5.into()), "error: properties.severity: found 5, wanted 0 to 4");
    assert_eq!(
        said("windowSize", "P1M".into()),
        "error: properties.windowSize: `P1M` is no length of time such as `PT15M`, `15m` or `1d`"
    );
    assert_eq!(
        said("criteria/allOf/0/timeAggregation", "Average".into()),
        "error: properties.criteria.allOf[0].timeAggregation: an aggregate needs `metricMeasureColumn`"
    );
    assert_eq!(
        said("criteria/allOf/0/threshold", serde_json::Value::Null),
        "error: properties.criteria.allOf[0].threshold: `threshold` is missing"
    );
    assert_eq!(
        said("criteria/allOf/0/failingPeriods/minFailingPeriodsToAlert", 4.into()),
        "error: properties.criteria.allOf[0].failingPeriods: 4 of 3 windows cannot fail"
    );
    assert_eq!(
        said("colour", "red".into()),
        "warning: properties.colour: `colour` is no field known here; it is kept, and does nothing"
    );
    assert_eq!(
        said("muteActionsDuration", "PT1H".into()),
        "warning: properties.muteActionsDuration: a stateful rule has `muteActionsDuration`; Azure takes it for stateless \
         rules alone; set `autoMitigate` to false"
    );
}
