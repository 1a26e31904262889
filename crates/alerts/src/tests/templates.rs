//! The expressions of Azure's templates.

use super::azure::resource;
use super::{findings, rule};
use crate::rule::*;
use crate::{Timespan, read};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn json_resource() -> Json {
    serde_json::from_str(&resource(&[])).expect("json")
}

#[test]
fn expressions_of_templates() {
    let mut one = json_resource();
    one["name"] = "[format('{0}-failures', parameters('team'))]".into();
    one["location"] = "[resourceGroup().location]".into();
    one["properties"]["severity"] = "[int(parameters('settings').severity)]".into();
    one["properties"]["scopes"] = json!(["[parameters('workspace')]"]);
    one["properties"]["windowSize"] =
        "[if(equals(parameters('team'), 'b'), 'PT2H', variables('window'))]".into();
    let query = "[concat('T | where Team == ''', toUpper(parameters('team')), '''')]";
    one["properties"]["criteria"]["allOf"][0]["query"] = query.into();
    one["properties"]["criteria"]["allOf"][0]["threshold"] = "[parameters('limit')]".into();
    let template = |limit: Json| {
        json!({
            "parameters": {"team": {"type": "string", "defaultValue": "a"}, "workspace": {"type": "string"},
                           "settings": {"defaultValue": {"severity": "4"}}, "limit": limit},
            "variables": {"window": "[concat('PT', string(30), 'M')]"}, "resources": [one]
        })
        .to_string()
    };
    let text = template(json!({"type": "int", "defaultValue": 7}));
    let found = rule(read(&text, "a.json"));
    assert_eq!((found.name.as_str(), found.severity), ("a-failures", Severity::Verbose));
    assert!(found.kept.contains(&("properties.scopes".into(), json!(["[parameters('workspace')]"]))));
    let Condition::Measured(measured) = &found.condition else { panic!("measured") };
    assert_eq!((measured.window, measured.criteria[0].threshold), (Timespan::minutes(30), 7.0));
    assert_eq!(measured.criteria[0].query.text, "T | where Team == 'A'");
    let given = vec![("Team".to_owned(), json!("b"))];
    let found = rule(crate::read_with(&text, "a.json", &given));
    assert_eq!((found.name.as_str(), found.range()), ("b-failures", Timespan::hours(6)));
    let said = findings(&template(json!({"type": "int"})), "a.json");
    assert!(said[0].ends_with(
        "error: resources[0].properties.criteria.allOf[0].threshold: `[parameters('limit')]` has no value here: the \
         parameter `limit` has no default value and none was given (`--param limit=…`)"
    ));
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn templates_within_templates_have_their_own_parameters() {
    let mut one = json_resource();
    one["properties"]["severity"] = "[parameters('severity')]".into();
    let deployment = |scope: &str| {
        json!({
            "parameters": {"outer": {"defaultValue": 2}, "severity": {"defaultValue": 0}},
            "resources": [{"type": "Microsoft.Resources/deployments", "properties": {
                "expressionEvaluationOptions": {"scope": scope},
                "parameters": {"severity": {"value": "[parameters('outer')]"}},
                "template": {"parameters": {"severity": {"type": "int"}}, "resources": [one]}}}]
        })
        .to_string()
    };
    assert_eq!(rule(read(&deployment("inner"), "a.json")).severity, Severity::Warning);
    assert_eq!(rule(read(&deployment("outer"), "a.json")).severity, Severity::Critical);
}

#[test]
fn copies_are_refused_and_names_are_told_apart() {
    let mut one = json_resource();
    one["copy"] = json!({"name": "c", "count": 3});
    let two = json_resource();
    let reading = read(&json!({"resources": [two, two, one]}).to_string(), "a.json");
    let names: Vec<&str> = reading.rules.iter().map(|rule| rule.name.as_str()).collect();
    assert_eq!(names, ["many-failures", "many-failures-2"]);
    assert_eq!(reading.findings.len(), 1);
    assert_eq!(reading.findings[0].what, "copies of a resource are not made here");
}

#[test]
fn expressions_end() {
    let ten = |name: String| vec![format!("variables('{name}')"); 10].join(", ");
    let mut variables = serde_json::Map::new();
    for at in 0..8 {
        variables.insert(format!("v{at}"), format!("[concat({})]", ten(format!("v{}", at + 1))).into());
    }
    variables.insert("v8".into(), "x".repeat(1000).into());
    variables.insert("loop".into(), "[variables('loop')]".into());
    for (query, why) in [
        ("[variables('v0')]", "the template's expressions make too much of each other"),
        ("[variables('loop')]", "its expressions lead to each other without end"),
    ] {
        let mut one = json_resource();
        one["properties"]["criteria"]["allOf"][0]["query"] = query.into();
        let said = findings(&json!({"variables": variables, "resources": [one]}).to_string(), "a.json");
        assert!(said.iter().any(|one| one.ends_with(why)), "{said:?}");
    }
}

proptest! {
    #[test]
    fn no_expression_panics(inner in "[a-z0-9'(),.\\[\\]{} é-]{0,40}") {
        let window = format!("[{inner}]");
        let _ = read(&resource(&[("windowSize", window.into()), ("severity", format!("[format({inner})]").into())]), "a.json");
    }
}
