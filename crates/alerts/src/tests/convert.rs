//! Rules from one form to another and back.

use super::azure::resource;
use super::own::FULL;
use super::rule;
use super::sentinel::YAML;
use crate::rule::*;
use crate::{Rule, convert, read};
use proptest::prelude::*;

/// What is written in a form, read again; with what was not carried over.
fn through(one: &Rule, form: Form) -> (Rule, Vec<String>) {
    let written = convert(one, form).expect("written");
    let reading = read(&written.text, &format!("{}.{}", one.name, form.extension()));
    let what = |findings: &[crate::Finding]| findings.iter().map(|one| one.what.clone()).collect::<Vec<_>>();
    assert_eq!(what(&reading.findings), [""; 0], "{}", written.text);
    (reading.rules.into_iter().next().expect("one rule"), what(&written.findings))
}

/// The same rule from the same place.
fn same(one: Rule, like: &Rule) -> Rule {
    Rule { source: like.source.clone(), ..one }
}

#[test]
fn our_own_form_says_everything() {
    let series = "// kind: series\n// window: 1h\n// fires: Value >= Threshold\n// dimensions: A in (\"x\")\n\
                  // resolves: when Clears\nT";
    let ended = "// window: 1h\n// fires: count() > 0\n// resolves: never\n// mute: 90m\n// By hand.\nT";
    let by_query = "// window: 1h\n// fires: count() > 0\nT\n// resolved by:\nU";
    let rules = [
        rule(read(FULL, "a.kql")),
        rule(read(&resource(&[]), "a.json")),
        read(YAML, "a.yaml").rules.remove(0),
        rule(read(series, "a.kql")),
        rule(read(ended, "a.kql")),
        rule(read(by_query, "a.kql")),
    ];
    for one in rules {
        let (again, lost) = through(&one, Form::Own);
        assert_eq!(lost, [""; 0]);
        assert_eq!(same(again, &one), one);
    }
}

#[test]
fn comments_of_a_query_begin_no_section() {
    let json = resource(&[("criteria/allOf/0/query", "T\n// criterion:\n| where A".into())]);
    let one = rule(read(&json, "a.json"));
    assert_eq!(through(&one, Form::Own).0.queries()[0].text, "T\n//  criterion:\n| where A");
}

#[test]
fn azure_and_sentinel_say_their_own() {
    let azure = rule(read(&resource(&[]), "a.json"));
    let (again, lost) = through(&azure, Form::AzureJson);
    assert_eq!(lost, [""; 0]);
    let kept = |rule: &Rule| {
        let mut kept: Vec<String> = rule.kept.iter().map(|(path, value)| format!("{path}={value}")).collect();
        kept.sort();
        kept
    };
    assert_eq!(kept(&again), kept(&azure));
    assert_eq!(Rule { kept: azure.kept.clone(), ..same(again, &azure) }, azure);
    let sentinel = read(YAML, "removed.yaml").rules.remove(0);
    let (again, lost) = through(&sentinel, Form::SentinelYaml);
    assert_eq!(lost, [""; 0]);
    assert_eq!(kept(&again), kept(&sentinel));
    assert_eq!(Rule { kept: sentinel.kept.clone(), ..same(again, &sentinel) }, sentinel);
}

#[test]
fn azure_to_sentinel_puts_series_into_the_query() {
    let once = serde_json::json!({"numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1});
    let azure = rule(read(&resource(&[("criteria/allOf/0/failingPeriods", once)]), "a.json"));
    let (again, lost) = through(&azure, Form::SentinelYaml);
    let Condition::Counted(counted) = &again.condition else { panic!("counted") };
    assert_eq!(
        counted.query.text,
        "AADProvisioningLogs\n| where ResultType == \"Failure\"\n| where tostring(Action) !in (\"Other\")\n\
         | summarize AlertValue = count() by JobId, Action\n| where AlertValue > 10"
    );
    assert_eq!(
        (counted.operator, counted.threshold, counted.grouping),
        (Comparison::Greater, 0, Grouping::PerResult)
    );
    assert!(lost.contains(&"alerts of Sentinel do not resolve".to_owned()), "{lost:?}");
    let several = rule(read(&resource(&[]), "a.json"));
    let refused = convert(&several, Form::SentinelYaml).expect_err("refused");
    assert_eq!(refused[0].what, "Sentinel looks at one range, and the rule at several windows");
}

#[test]
fn sentinel_to_azure_tells_what_is_lost() {
    let sentinel = read(YAML, "a.yaml").rules.remove(0);
    let (again, lost) = through(&sentinel, Form::AzureJson);
    let Condition::Measured(measured) = &again.condition else { panic!("measured") };
    assert_eq!(measured.criteria[0].operator, Comparison::Greater);
    assert_eq!(again.life, Life::Stateless { mute: Some(crate::Timespan::hours(5)) });
    for what in [
        "Azure Monitor has no place for entity mappings",
        "`requiredDataConnectors` has no place in a rule of Azure Monitor",
        "the window is 14d",
    ] {
        assert!(lost.iter().any(|one| one == what), "{what}: {lost:?}");
    }
}

#[test]
fn columns_of_any_name_stand_in_queries_as_they_must() {
    for column in ["where", "Größe", "a b", "JobId"] {
        let header =
            format!("// window: 1h\n// dimensions: [\"{column}\"]\n// fires: sum([\"{column}\"]) > 1\n");
        let one = rule(read(&format!("{header}T\n| where a\n"), "a.kql"));
        let text = convert(&one, Form::SentinelYaml).expect("it can be said").text;
        let query = rule(read(&text, "a.yaml")).queries()[0].text.clone();
        let parsed = calypso_parser::parse(&query);
        assert!(parsed.is_ok(), "{query}");
    }
}

#[test]
fn what_no_other_form_says_is_refused() {
    let series = rule(read("// kind: series\n// window: 1h\n// fires: Value > 1\nT", "a.kql"));
    for form in [Form::AzureJson, Form::SentinelYaml, Form::AzureBicep, Form::SentinelJson] {
        assert!(convert(&series, form).is_err(), "{form:?}");
    }
}

proptest! {
    #[test]
    fn texts_come_back(title in "[ -~é\n\t😀]{1,30}", query in "[a-z|'\"\\[\\]: \n#é\\\\]{1,40}", property in "[ -~\n]{0,20}") {
        let query = query.trim().to_owned();
        prop_assume!(!query.is_empty() && !title.trim().is_empty());
        let mut one = rule(read("// window: 1h\n// fires: count() > 0\nT", "a.kql"));
        one.title = Some(title.trim_end_matches('\n').to_owned());
        one.properties = vec![("p".into(), property)];
        let Condition::Measured(measured) = &mut one.condition else { unreachable!() };
        measured.criteria[0].query.text = query;
        let own = through(&one, Form::Own).0;
        prop_assert_eq!(&same(own, &one), &one);
        let azure = through(&one, Form::AzureJson).0;
        prop_assert_eq!(azure.condition, one.condition.clone());
        prop_assert_eq!(azure.title, one.title.clone());
        one.properties.clear();
        let sentinel = through(&one, Form::SentinelYaml).0;
        prop_assert_eq!(&sentinel.title, &one.title);
        prop_assert_eq!(&sentinel.queries()[0].text, &one.condition_query());
    }
}

impl Rule {
    fn condition_query(&self) -> String {
        let Condition::Measured(measured) = &self.condition else { unreachable!() };
        measured.criteria[0].query.text.clone()
    }
}
