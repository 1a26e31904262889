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

/// A rule with these lines besides those that every scheduled rule has.
fn scheduled(lines: &str) -> String {
    format!(
        "name: A\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: gt\n\
         triggerThreshold: 0\nquery: T\n{lines}"
    )
}

#[test]
fn an_empty_text_where_a_list_is_wanted_is_left_out() {
    let rule =
        rule(read(&scheduled("relevantTechniques: ''\ntactics: \"\"\nentityMappings: ' '\n"), "a.yaml"));
    let Condition::Counted(counted) = &rule.condition else { panic!("counted") };
    assert!(counted.techniques.is_empty() && counted.tactics.is_empty() && counted.entities.is_empty());
    let wrong = findings(&scheduled("relevantTechniques: T1078\n"), "a.yaml");
    assert_eq!(wrong, ["8:21 error: relevantTechniques: found `T1078`, wanted a list"]);
}

#[test]
fn a_group_may_stand_alone_in_a_list() {
    let yaml = scheduled(
        "customDetails:\n  - Actor: Link\nalertDetailsOverride:\n  - alertDisplayNameFormat: x\n    \
         alertDynamicProperties:\n      - alertProperty: AlertLink\n        value: Link\n",
    );
    let reading = read(&yaml, "a.yaml");
    let said: Vec<String> = reading.findings.iter().map(ToString::to_string).collect();
    let told = "found a list of one group of fields, wanted the group itself; it is read as the group, and Sentinel may \
                refuse it";
    assert_eq!(
        said,
        [
            format!("9:3 warning: customDetails: {told}"),
            format!("11:3 warning: alertDetailsOverride: {told}")
        ]
    );
    let Condition::Counted(counted) = &reading.rules[0].condition else { panic!("counted") };
    assert_eq!(counted.details, [("Actor".to_owned(), "Link".to_owned())]);
    assert_eq!(counted.overrides.title.as_deref(), Some("x"));
    assert_eq!(counted.overrides.properties, [("AlertLink".to_owned(), "Link".to_owned())]);
    let two = findings(&scheduled("customDetails:\n  - A: x\n  - B: y\n"), "a.yaml");
    assert_eq!(two, ["9:3 error: customDetails: found a list, wanted a group of fields"]);
}

#[test]
fn values_of_the_schedule_may_carry_remarks() {
    let yaml = scheduled("").replace("Threshold: 0", "Threshold: 3 // rows").replace("gt", "gt // or more");
    let reading = read(&yaml, "a.yaml");
    let codes: Vec<&str> = reading.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["remark-in-value"; 2]);
    let Condition::Counted(counted) = &reading.rules[0].condition else { panic!("counted") };
    assert_eq!((counted.operator, counted.threshold), (Comparison::Greater, 3));
    let broken = read(&yaml.replace("3 //", "three //"), "a.yaml");
    assert!(broken.rules.is_empty() && broken.has_errors());
}

#[test]
fn templates_may_be_written_as_yaml() {
    let yaml = "---\n\"$schema\": https://schema.management.azure.com/x#\nparameters:\n  workspace:\n    type: String\n\
                resources:\n- id: \"[concat(resourceId('a', parameters('workspace'),\n    'b'),'/alertRules/c')]\"\n  \
                name: \"[concat(parameters('workspace'),'/Microsoft.SecurityInsights/c4')]\"\n  \
                type: Microsoft.OperationalInsights/workspaces/providers/alertRules\n  kind: Scheduled\n  properties:\n    \
                displayName: Removed\n    severity: Medium\n    enabled: false\n    query: \"T\\r\\n| where a\"\n    \
                queryFrequency: PT6H\n    queryPeriod: PT6H\n    triggerOperator: GreaterThan\n    triggerThreshold: 0\n    \
                suppressionDuration: PT1H\n    suppressionEnabled: false\n    techniques: []\n    alertRuleTemplateName:\n    \
                eventGroupingSettings:\n    customDetails:\n    entityMappings:\n";
    let reading = read(yaml, "a.yaml");
    assert!(!reading.has_errors(), "{:?}", reading.findings);
    let rule = &reading.rules[0];
    assert_eq!((rule.title.as_deref(), rule.enabled), (Some("Removed"), false));
    assert_eq!(rule.source.form, Form::SentinelJson);
    assert_eq!(rule.schedule.every, Timespan::hours(6));
}

#[test]
fn a_query_that_ends_too_early_is_told() {
    let place = |yaml: &str| -> (u32, String) {
        let finding = read(yaml, "a.yaml").findings.remove(0);
        (finding.place.line, finding.what)
    };
    for yaml in [
        "name: A\nquery: |\n     T\n    | where a\nseverity: Low\n",
        "name: A\nquery: |\n  T\n| where a\nseverity: Low\n",
        "name: A\nquery: |-\n  T\nlet b = 1;\n",
    ] {
        let (line, what) = place(yaml);
        assert_eq!(line, 4, "{what}");
        let told = "; the text that begins in line 2 ends above, since this line stands further left than its first one";
        assert!(what.ends_with(told), "{what}");
    }
    let (_, other) = place("name: A\nquery: |\n  T\nseverity: [\n");
    assert!(!other.contains("ends above"), "{other}");
}

#[test]
fn lines_that_yaml_joins_are_swallowed_by_a_remark() {
    let head = "name: A\nseverity: Low\nkind: NRT\n";
    let codes = |query: &str| -> Vec<&str> {
        crate::lint::lint(&rule(read(&format!("{head}{query}"), "a.yaml")))
            .iter()
            .map(|one| one.code)
            .collect()
    };
    let lines = "  T\n  | where a // once\n  | where b\n";
    assert_eq!(codes(&format!("query: >\n{lines}")), ["swallowed"]);
    assert_eq!(codes(&format!("query:\n{lines}")), ["swallowed"]);
    assert_eq!(codes(&format!("query: |\n{lines}")), [""; 0]);
    assert_eq!(codes("query: T | where a // once\n"), [""; 0]);
    assert_eq!(codes("query: T | where a == \"//| \" | take 1\n"), [""; 0]);
}
