//! A rule as a template for Azure Resource Manager.

use super::lost;
use crate::Finding;
use crate::rule::*;
use serde_json::{Map, Value as Json, json};

/// Fields of the resource itself that are kept, beside those of its properties.
const OUTER: [&str; 6] = ["location", "tags", "identity", "apiVersion", "dependsOn", "kind"];

/// Writes it; what the form cannot say is among the findings.
pub fn write(rule: &Rule, findings: &mut Vec<Finding>) -> Option<String> {
    let Condition::Measured(measured) = &rule.condition else {
        let what = "the query gives the values of all evaluations, and Azure asks a query for rows";
        findings.push(Finding::error("not-carried-over", rule.source.place, what).of(&rule.name));
        return None;
    };
    let (stateful, mute) = match &rule.life {
        Life::Stateful { .. } => (true, None),
        Life::Stateless { mute } => (false, mute.map(|span| span.iso())),
    };
    let criteria: Vec<Json> = measured.criteria.iter().map(criterion).collect();
    let mut resource = json!({
        "type": "Microsoft.Insights/scheduledQueryRules",
        "apiVersion": "2023-12-01",
        "name": rule.name,
        "location": "[resourceGroup().location]",
        "kind": "LogAlert",
        "properties": {
            "displayName": rule.title.as_ref().unwrap_or(&rule.name),
            "description": rule.description,
            "severity": rule.severity.number(),
            "enabled": rule.enabled,
            "evaluationFrequency": rule.schedule.every.iso(),
            "windowSize": measured.window.iso(),
            "overrideQueryTimeRange": measured.range.map(|range| range.iso()),
            "criteria": {"allOf": criteria},
            "autoMitigate": stateful,
            "muteActionsDuration": mute,
        }
    });
    if !rule.properties.is_empty() {
        let properties = rule.properties.iter().map(|(name, value)| (name.clone(), value.clone().into()));
        resource["properties"]["actions"] = json!({"customProperties": properties.collect::<Map<_, _>>()});
    }
    for (path, value) in &rule.kept {
        let ours = path.starts_with("properties.") || OUTER.contains(&path.as_str());
        let known = ["type", "id", "etag", "systemData", "name"].contains(&path.as_str());
        if ours && place(&mut resource, path, value) {
            continue;
        }
        if !known {
            findings.push(lost(rule, format!("`{path}` has no place in a rule of Azure Monitor")));
        }
    }
    if resource["properties"].get("scopes").is_none() {
        resource["properties"]["scopes"] = json!(["[parameters('workspaceId')]"]);
    }
    let parameters = match resource["properties"]["scopes"] == json!(["[parameters('workspaceId')]"]) {
        true => json!({"workspaceId": {"type": "string"}}),
        false => json!({}),
    };
    escape(&mut resource);
    let template = json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": parameters,
        "resources": [resource],
    });
    serde_json::to_string_pretty(&template).ok().map(|text| text + "\n")
}

fn criterion(criterion: &Criterion) -> Json {
    let (aggregation, column) = match &criterion.measure {
        Measure::Rows => ("Count", None),
        Measure::Column { aggregate, column } => {
            let name = match aggregate {
                Aggregate::Average => "Average",
                Aggregate::Minimum => "Minimum",
                Aggregate::Maximum => "Maximum",
                Aggregate::Total => "Total",
            };
            (name, Some(column))
        }
    };
    let operator = match criterion.operator {
        Comparison::Equal => "Equals",
        Comparison::NotEqual => "NotEqual",
        Comparison::Greater => "GreaterThan",
        Comparison::GreaterOrEqual => "GreaterThanOrEqual",
        Comparison::Less => "LessThan",
        Comparison::LessOrEqual => "LessThanOrEqual",
    };
    let dimension = |one: &Dimension| {
        let (operator, values) = match &one.values {
            Values::All => ("Include", vec!["*".to_owned()]),
            Values::Include(values) => ("Include", values.clone()),
            Values::Exclude(values) => ("Exclude", values.clone()),
        };
        json!({"name": one.column, "operator": operator, "values": values})
    };
    json!({
        "query": criterion.query.text,
        "timeAggregation": aggregation,
        "metricMeasureColumn": column,
        "resourceIdColumn": criterion.resource_column,
        "dimensions": criterion.dimensions.iter().map(dimension).collect::<Vec<_>>(),
        "operator": operator,
        "threshold": number(criterion.threshold),
        "failingPeriods": {
            "numberOfEvaluationPeriods": criterion.failing.of,
            "minFailingPeriodsToAlert": criterion.failing.least,
        }
    })
}

/// Whole numbers without a point.
fn number(number: f64) -> Json {
    if number.fract() == 0.0 && number.abs() < 9e15 { json!(number as i64) } else { json!(number) }
}

/// Puts a value where a path says; whether there is such a place.
fn place(json: &mut Json, path: &str, value: &Json) -> bool {
    let mut at = json;
    let mut steps = path.split('.').peekable();
    while let Some(step) = steps.next() {
        let (name, index) = match step.split_once('[') {
            Some((name, index)) => (name, index.trim_end_matches(']').parse::<usize>().ok()),
            None => (step, None),
        };
        let Some(fields) = at.as_object_mut() else { return false };
        let entry = fields.entry(name).or_insert_with(|| json!({}));
        let next = match index {
            Some(index) => entry.get_mut(index),
            None => Some(entry),
        };
        let Some(next) = next else { return false };
        if steps.peek().is_none() {
            *next = value.clone();
        }
        at = next;
    }
    true
}

/// Texts that look like an expression get another bracket, as they are none.
fn escape(resource: &mut Json) {
    let criteria = resource["properties"]["criteria"]["allOf"].as_array().map_or(0, Vec::len);
    let queries = (0..criteria).map(|number| format!("/properties/criteria/allOf/{number}/query"));
    let texts = ["/name", "/properties/displayName", "/properties/description"].map(str::to_owned);
    for pointer in texts.into_iter().chain(queries) {
        if let Some(Json::String(text)) = resource.pointer_mut(&pointer)
            && text.starts_with('[')
            && text.ends_with(']')
        {
            text.insert(0, '[');
        }
    }
}
