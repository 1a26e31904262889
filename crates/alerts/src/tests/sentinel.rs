//! Sentinel's rules.

use super::{findings, rule};
use crate::rule::*;
use crate::{Timespan, read};

pub(super) const YAML: &str = "\
id: 00000000-0000-4000-8000-000000000007
name: Accounts removed in one go
description: |
  'Many accounts went at once.
  See the job.'
severity: High
requiredDataConnectors:
  - connectorId: AzureActiveDirectory
    dataTypes:
      - AADProvisioningLogs
queryFrequency: 1h
queryPeriod: 14d // two weeks
triggerOperator: gt
triggerThreshold: 0
tactics:
  - Impact
relevantTechniques:
  - T1531
query: |
  let limit = 5;   // rows: many
  AADProvisioningLogs
  | where Action == \"Delete\"
entityMappings:
  - entityType: Account
    fieldMappings:
      - identifier: FullName
        columnName: Upn
customDetails:
  Job: JobId
alertDetailsOverride:
  alertDisplayNameFormat: \"Gone: {{Count}}\"
  alertDynamicProperties:
    - alertProperty: ProductName
      value: Product
eventGroupingSettings:
  aggregationKind: AlertPerResult
suppressionDuration: 5h
suppressionEnabled: true
version: 1.0.2
kind: Scheduled
";

#[test]
fn a_file_of_the_repository() {
    let reading = read(YAML, "Rules/removed.yaml");
    let said: Vec<String> = reading.findings.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["12:14 note: queryPeriod: `14d // two weeks` has a remark within the value"]);
    let rule = &reading.rules[0];
    assert_eq!((rule.name.as_str(), rule.severity), ("removed", Severity::Error));
    assert_eq!(rule.title.as_deref(), Some("Accounts removed in one go"));
    assert_eq!(rule.schedule, Schedule { every: Timespan::hours(1), delay: Timespan::minutes(5) });
    let Condition::Counted(counted) = &rule.condition else { panic!("counted") };
    assert_eq!(
        (counted.period, counted.operator, counted.threshold),
        (Timespan::days(14), Comparison::Greater, 0)
    );
    assert_eq!((counted.grouping, counted.suppression), (Grouping::PerResult, Some(Timespan::hours(5))));
    assert_eq!(counted.query.text.lines().next(), Some("let limit = 5;   // rows: many"));
    assert_eq!(counted.entities[0].fields, [("FullName".to_owned(), "Upn".to_owned())]);
    assert_eq!(counted.overrides.properties, [("ProductName".to_owned(), "Product".to_owned())]);
    assert!(rule.kept.iter().any(|(path, value)| path == "version" && value == "1.0.2"));
}

#[test]
fn near_real_time_rules_look_at_every_minute() {
    let yaml = "name: A\nseverity: Low\nkind: NRT\nquery: T";
    let rule = rule(read(yaml, "a.yml"));
    assert_eq!(rule.schedule, Schedule { every: Timespan::minutes(1), delay: Timespan::minutes(2) });
    let Condition::Counted(counted) = &rule.condition else { panic!("counted") };
    assert!(counted.realtime && counted.operator == Comparison::Greater && counted.threshold == 0);
}

#[test]
fn arm_resources() {
    let json = serde_json::json!({
        "type": "Microsoft.OperationalInsights/workspaces/providers/alertRules", "apiVersion": "2024-03-01",
        "name": "ws/Microsoft.SecurityInsights/abc", "kind": "Scheduled",
        "properties": {
            "displayName": "A", "severity": "Medium", "enabled": false, "query": "T", "queryFrequency": "PT5H",
            "queryPeriod": "P1D", "triggerOperator": "LessThan", "triggerThreshold": 3, "suppressionEnabled": false,
            "suppressionDuration": "PT5H"
        }
    });
    let rule = rule(read(&json.to_string(), "a.json"));
    assert_eq!((rule.name.as_str(), rule.enabled, rule.severity), ("abc", false, Severity::Warning));
    assert_eq!(rule.schedule.every, Timespan::hours(5));
    let Condition::Counted(counted) = &rule.condition else { panic!("counted") };
    assert_eq!((counted.operator, counted.threshold, counted.suppression), (Comparison::Less, 3, None));
}

#[test]
fn what_is_missing_or_unknown_is_told() {
    assert_eq!(
        findings("name: A\nseverity: Severe\nkind: NRT\nextra: [1]\n", "a.yaml"),
        [
            "1:1 error: query: `query` is missing",
            "2:11 error: severity: `Severe` is none of High, Medium, Low, Informational",
            "4:1 warning: extra: `extra` is no field known here; it is kept, and does nothing",
        ]
    );
    assert_eq!(findings("- a\n", "a.yaml"), ["1:1 error: found a list, wanted a group of fields"]);
    assert_eq!(findings("# nothing\n", "a.yaml"), ["1:1 error: the file holds no rule"]);
}

#[test]
fn what_is_no_rule_is_refused_with_one_reason() {
    assert_eq!(
        findings("schemaVersion: 1\nkind: CustomDetection\nproperties: {id: a}\n", "a.yaml"),
        [
            "2:7 error: kind: rules of the kind `CustomDetection` are not evaluated here, only Scheduled and NRT ones"
        ]
    );
    let way_out = "it is no alert rule; give it a severity, a schedule and a query, or leave the file out";
    assert_eq!(
        findings("id: a\nname: Look\nquery: T\ntactics: [Impact]\n", "a.yaml"),
        [format!("1:1 error: it has a query, and neither kind, severity nor schedule; {way_out}")]
    );
    assert_eq!(
        findings("FunctionName: F\nFunctionQuery: T\n", "a.yaml"),
        [format!("1:1 error: it has neither kind, severity, schedule nor query; {way_out}")]
    );
}

#[test]
fn a_near_real_time_rule_keeps_its_own_schedule() {
    let yaml = "name: A\nseverity: Low\nkind: NRT\nqueryFrequency: PT0M\nqueryPeriod: P14D\n\
                triggerOperator: gt\ntriggerThreshold: 5\nquery: T\n";
    let reading = read(yaml, "a.yaml");
    let unused: Vec<&str> = reading.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(unused, ["unused-field"; 4]);
    let rule = &reading.rules[0];
    assert_eq!(rule.schedule.every, Timespan::minutes(1));
    let Condition::Counted(counted) = &rule.condition else { panic!("counted") };
    assert_eq!((counted.period, counted.threshold), (Timespan::minutes(1), 0));
    assert!(rule.kept.iter().any(|(path, value)| path == "queryPeriod" && value == "P14D"));
}

#[test]
fn what_real_files_write_otherwise() {
    let yaml = "displayName: A\nseverity: High \nkind: scheduled\nqueryFrequency: 1H\nqueryPeriod: 1D\n\
                triggerOperator: gt\ntriggerThreshold: 0\nquery: T\ntactics:\n  -\n  - Impact\ncustomDetails:\n\
                metadata:\nsource:\n    kind: Community\ncategories:\n    domains: [ \"A - B\" ]\n\
                lastUpdatedDateUTC: 2020-02-07\nlastModifiedUtc: 2024-01-01T00:00:00\nstartTimeUtc: null\n";
    let rule = rule(read(yaml, "a.yaml"));
    assert_eq!((rule.title.as_deref(), rule.schedule.every), (Some("A"), Timespan::hours(1)));
    let Condition::Counted(counted) = &rule.condition else { panic!("counted") };
    assert_eq!((counted.period, counted.tactics.as_slice()), (Timespan::days(1), &["Impact".to_owned()][..]));
}

#[test]
fn alerts_that_cannot_tell_what_they_say() {
    let head = "name: A\nseverity: Low\nkind: NRT\ntactics: [BruteForce, commandandcontrol]\n";
    let told = "entityMappings:\n  - entityType: IP\n    fieldMappings:\n      - identifier: Address\n        columnName: Ip\n\
                customDetails:\n  N: count_\nalertDetailsOverride:\n  alertDisplayNameFormat: '{{User}} at {{ Ip }}'\n";
    let said = |query: &str| -> Vec<String> {
        let rule = rule(read(&format!("{head}query: {query}\n{told}"), "a.yaml"));
        let findings = crate::lint::lint(&rule).into_iter().map(|finding| finding.what);
        findings.collect()
    };
    let tactic = "`BruteForce` is no tactic of Sentinel".to_owned();
    assert_eq!(
        said("T | summarize count() by User"),
        [tactic.clone(), "the answer has no column `Ip`, which is an entity's".to_owned()]
    );
    assert_eq!(said("T | summarize count() by User, Ip"), std::slice::from_ref(&tactic));
    assert_eq!(said("T | summarize Last = arg_max(TimeGenerated, *) by User"), std::slice::from_ref(&tactic));
    assert_eq!(said("T | join (U) on Id"), [tactic]);
}

#[test]
fn a_count_below_nothing_never_fires() {
    let yaml = "name: A\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: lt\n\
                triggerThreshold: 0\nquery: T\n";
    let codes = |yaml: &str| -> Vec<&str> {
        crate::lint::lint(&rule(read(yaml, "a.yaml"))).iter().map(|finding| finding.code).collect()
    };
    assert_eq!(codes(yaml), ["never"]);
    assert_eq!(codes(&yaml.replace("Threshold: 0", "Threshold: 1")), [""; 0]);
}

#[test]
fn an_empty_description_is_none_and_comes_back_as_none() {
    let rule = rule(read("name: A\nseverity: Low\nkind: NRT\ndescription: ''\nquery: T\n", "a.yaml"));
    assert_eq!(rule.description, None);
    for (form, file) in [(Form::SentinelYaml, "a.yaml"), (Form::Own, "a.kql")] {
        let written = crate::convert(&rule, form).expect("written");
        assert_eq!(super::rule(read(&written.text, file)).description, None);
    }
}
