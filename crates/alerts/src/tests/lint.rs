//! Findings about rules that can be read.

use crate::lint::{Service, lint, lint_for};
use crate::read;

/// The codes of findings about our own form, with their lines.
fn own(header: &str, query: &str) -> Vec<(u32, &'static str)> {
    let reading = read(&format!("{header}{query}"), "a.kql");
    assert_eq!(reading.findings, []);
    lint(&reading.rules[0]).into_iter().map(|finding| (finding.place.line, finding.code)).collect()
}

/// The codes of errors were the rule given to a service.
fn refused(header: &str, query: &str, service: Service) -> Vec<&'static str> {
    let reading = read(&format!("{header}{query}"), "a.kql");
    assert_eq!(reading.findings, []);
    let errors = lint_for(&reading.rules[0], service).into_iter().filter(|finding| finding.is_error());
    errors.map(|finding| finding.code).collect()
}

const HOUR: &str = "// window: 1h\n// fires: count() > 0\n";

#[test]
fn a_sound_rule_has_no_findings() {
    let header = "// every: 15m\n// window: 1h\n// dimensions: JobId\n// fires: sum(N) > 5\n";
    assert_eq!(own(header, "Logs | where A > ago(30m) | summarize N = count() by JobId"), []);
    assert_eq!(refused(header, "Logs | summarize N = count() by JobId", Service::AzureMonitor), [""; 0]);
}

#[test]
fn silence_that_is_never_seen() {
    let quiet = "// window: 1h\n// fires: count() < 1\n";
    assert_eq!(
        own(&format!("{quiet}// dimensions: JobId\n"), "AADProvisioningLogs"),
        [(4, "absence-by-dimension")]
    );
    assert_eq!(own(quiet, "AADProvisioningLogs"), [(3, "absence-of-all")]);
    assert_eq!(own(quiet, "AADProvisioningLogs | where JobId == 'a'"), []);
    assert_eq!(own("// window: 1h\n// fires: max(X) < 1\n", "T"), [(3, "absence-of-value")]);
    assert_eq!(
        own(&format!("{quiet}// dimensions: JobId\n// absent within: 30d\n"), "AADProvisioningLogs"),
        []
    );
}

#[test]
fn rules_that_never_or_always_fire() {
    assert_eq!(own(HOUR, "T\n| where A\n| count"), [(5, "counts-one-row")]);
    assert_eq!(own(HOUR, "T\n| summarize n = count()\n| render table"), [(4, "counts-one-row")]);
    assert_eq!(own(HOUR, "T\n| summarize n = count()\n| where n > 3"), []);
    assert_eq!(own("// window: 1h\n// fires: count() > 5\n", "T\n| take 5"), [(4, "take")]);
    assert_eq!(own("// window: 1h\n// fires: count() >= 5\n", "T\n| take 5"), []);
    assert_eq!(
        own("// kind: scheduled\n// period: 1h\n// fires: count() > 5\n", "T | take 5"),
        [(4, "take")]
    );
}

#[test]
fn time_that_is_not_looked_at() {
    assert_eq!(own("// every: 2h\n// window: 1h\n// fires: count() > 0\n", "T"), [(4, "gaps")]);
    assert_eq!(own(HOUR, "// ago(9d)\nT | where A == 'ago(9d)' and B > ago(2h)"), [(4, "ago-beyond-range")]);
    assert_eq!(own(HOUR, "let far = 2h; T | where B > ago(far)"), [(3, "ago-beyond-range")]);
    let three = "// window: 1h\n// fires: count() > 0 in 2 of 3 windows\n";
    assert_eq!(own(three, "T | summarize n = count() by A"), [(3, "windows-without-time")]);
    assert_eq!(own(three, "T | summarize n = count() by A, bin(TimeGenerated, 5m)"), []);
    assert_eq!(own(&format!("{three}// range: 2h\n"), "T"), [(4, "range")]);
}

#[test]
fn columns_and_queries_that_are_not_there() {
    let header = "// window: 1h\n// dimensions: JobId\n// fires: sum(N) > 0\n";
    assert_eq!(
        own(header, "T | summarize M = count() by Job"),
        [(4, "missing-column"), (4, "missing-column")]
    );
    assert_eq!(own(header, "T | summarize M = count(), dcount(X) by JobId"), []);
    assert_eq!(own(HOUR, "T\n| where ResultType == “Failure”")[0], (4, "query"));
    let series = "// kind: series\n// window: 1h\n// fires: Value > Threshold\n";
    let declared = "declare query_parameters(From: datetime, To: datetime);\n";
    assert_eq!(own(series, &format!("{declared}T | project At, Value")), [(5, "series-column")]);
    assert_eq!(own(series, "T"), [(4, "series-parameter"), (4, "series-parameter")]);
}

#[test]
fn what_rules_over_provisioning_logs_leave_out() {
    assert_eq!(
        own(HOUR, "AADProvisioningLogs | where ResultType == \"Failure\""),
        [(3, "no-job"), (3, "retries"), (3, "warnings")]
    );
    assert_eq!(
        own(
            &format!("{HOUR}// dimensions: JobId\n"),
            "AADProvisioningLogs | where Action in ('Delete', 'Disable')"
        ),
        [(4, "staged-deletes")]
    );
}

#[test]
fn what_azure_refuses() {
    let refused = |header: &str, query: &str| refused(header, query, Service::AzureMonitor);
    let every = |every: &str| format!("// every: {every}\n{HOUR}");
    assert_eq!(refused(&every("7m"), "T"), ["frequency"]);
    assert_eq!(refused(&every("1m"), "T | where A > ingestion_time() | take 5 "), ["refused-word"; 2]);
    assert_eq!(refused(&every("1m"), "union T, U"), ["refused-word"]);
    assert_eq!(refused(&every("5m"), "union T, U | take 5"), [""; 0]);
    assert_eq!(refused(HOUR, "T | evaluate bag_unpack(A)"), ["refused-word"]);
    assert_eq!(refused(HOUR, "T | extend AggregatedValue = 1"), ["refused-word"]);
    assert_eq!(refused(HOUR, "let a = 5m; T | where A > ago(a) and B > ago(2 * a)"), ["ago", "ago"]);
    assert_eq!(refused("// window: 3d\n// fires: count() > 0\n", "T"), ["window", "stateful"]);
    assert_eq!(
        refused("// every: 1h\n// window: 1d\n// fires: count() > 0 in 1 of 3 windows\n", "T"),
        ["range"]
    );
    assert_eq!(
        refused("// window: 1h\n// fires: count() != 0 in 1 of 7 windows\n", "T"),
        ["periods", "operator"]
    );
    assert_eq!(refused(&format!("{HOUR}// dimensions: A, B, C, D, E, F, G\n"), "T"), ["dimensions"]);
    assert_eq!(refused(&format!("{HOUR}// resolves: never\n// mute: 2d\n"), "T"), ["mute"]);
    assert_eq!(
        refused(&format!("{HOUR}// resolves: next day\n// warm-up: 1d\n"), "T"),
        ["warm-up", "resolve"]
    );
    assert_eq!(refused(HOUR, &format!("T | where A == '{}'", "x".repeat(70_000))), ["too-long"]);
}

#[test]
fn what_sentinel_refuses() {
    let refused = |header: &str| refused(header, "T", Service::Sentinel);
    let counted = "// kind: scheduled\n// fires: count() > 0\n";
    assert_eq!(refused(&format!("{counted}// every: 1h\n// period: 1h\n")), [""; 0]);
    assert_eq!(refused(&format!("{counted}// every: 1m\n// period: 15d\n")), ["frequency", "range"]);
    assert_eq!(
        refused(&format!("{counted}// every: 2h\n// period: 1h\n// severity: 0\n")),
        ["gaps", "severity"]
    );
    assert_eq!(refused("// kind: scheduled\n// fires: count() >= 1\n// period: 1h\n"), ["operator"]);
    assert_eq!(refused(HOUR), ["measured"]);
}

#[test]
fn places_in_files_that_quote_queries_are_told_in_words() {
    let yaml = "name: A\nseverity: Low\nkind: NRT\nquery: |\n  T\n  | where A > ago(1d)\n";
    let said: Vec<String> = lint(&read(yaml, "a.yaml").rules[0]).iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1);
    assert!(
        said[0].contains("query, line 2, character 13: `ago(1d)` goes back further than the 1m"),
        "{said:?}"
    );
}
