//! The queries of the public workbooks themselves, their parameters expanded as the portal does with its defaults:
//! all run, and those of the cloud sync workbooks give the manifest's numbers. Skipped where the files are not at hand.

use crate::expand::{Query, Scope, queries};
use crate::logs::{expected, json_rows, logs, named, sorted};
use calypso_library::Answer;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

const SETTINGS: [(&str, &[(&str, &str)]); 2] =
    [("all", &[]), ("failure_object", &[("Status", "'Failure'"), ("SyncType", "'Object'")])];

#[test]
fn every_query_runs() {
    let Some(queries) = queries(&Scope::default()) else { return };
    assert_eq!(queries.len(), 66);
    let failed: Vec<String> = queries.iter().filter_map(|query| query.run().err()).collect();
    assert!(failed.is_empty(), "{} of 66 fail:\n{}", failed.len(), failed.join("\n"));
}

/// Calls a check with every window and setting.
fn each(workbook: &str, name: &str, check: impl Fn(&Answer, &Json, &str)) {
    for window in ["48h", "7d", "30d"] {
        for (setting, values) in SETTINGS {
            let Some(queries) = queries(&Scope::with(window, values)) else { return };
            let query: &Query = queries
                .iter()
                .find(|query| query.workbook == workbook && query.name == name)
                .unwrap_or_else(|| panic!("{workbook} has no {name}"));
            let answer = query.run().unwrap_or_else(|why| panic!("{why}"));
            check(
                &answer,
                &logs().manifest["windows"][window][setting],
                &format!("{name}, {window}, {setting}"),
            );
        }
    }
}

const INSIGHTS: &str = "AAD cloud sync Insights";
const DETAILS: &str = "AAD cloud sync details";

#[test]
fn objects_by_type() {
    each(INSIGHTS, "query - 8", |answer, truth, place| {
        let truth = expected(&truth["objects_by_type"], &["type", "objects", "trend"]);
        assert_eq!(
            sorted(json_rows(answer, &["SourceIdentityType", "Objects", "Trend"])),
            sorted(truth),
            "{place}"
        );
    });
}

#[test]
fn rows_per_day() {
    for (name, key, column, field) in [
        ("SyncobjectsbyAction", "actions_per_day", "Action", "action"),
        ("SyncobjectsbyAction - Copy", "statuses_per_day", "ResultType", "status"),
    ] {
        each(INSIGHTS, name, |answer, truth, place| {
            let mut truth = expected(&truth[key], &["day", field, "count"]);
            for row in &mut truth {
                row[0] = format!("{}T00:00:00.0000000Z", row[0].as_str().unwrap()).into();
            }
            let rows = json_rows(answer, &["TimeGenerated", column, "# of synced objects"]);
            assert_eq!(sorted(rows), sorted(truth), "{place}");
        });
    }
}

#[test]
fn sync_counts() {
    each(INSIGHTS, "SyncStatus", |answer, truth, place| {
        let keys = ["action", "total", "success", "failure", "skipped", "warning", "trend", "objects"];
        let columns = [
            "Action",
            "Total",
            "SuccessCount",
            "FailureCount",
            "SkippedCount",
            "WarningCount",
            "Trend",
            "Objects",
        ];
        let truth = expected(&truth["action_table"], &keys);
        assert_eq!(sorted(json_rows(answer, &columns)), sorted(truth), "{place}");
    });
}

#[test]
fn recent_errors() {
    each(INSIGHTS, "SyncErrors", |answer, truth, place| {
        let truth = expected(&truth["recent_errors"], &["code", "occurrences", "last_seen"]);
        let rows = json_rows(answer, &["ResultSignature", "Occurrences", "LastSeen"]);
        assert_eq!(sorted(named(rows)), sorted(truth), "{place}");
    });
}

#[test]
fn objects_by_status() {
    each(DETAILS, "ProvStatusSummary", |answer, truth, place| {
        let truth = expected(&truth["objects_by_status"], &["status", "objects", "trend"]);
        let rows = json_rows(answer, &["ResultType", "Objects", "Trend"]);
        assert_eq!(sorted(named(rows)), sorted(truth), "{place}");
    });
}

#[test]
fn step_details() {
    each(DETAILS, "ProvisioningDetails", |answer, truth, place| {
        let truth = &truth["details_grid"];
        assert_eq!(json!(answer.rows()), truth["rows"], "{place}");
        for (column, key) in [("Action", "by_action"), ("ResultType", "by_status")] {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for row in json_rows(answer, &[column]) {
                *counts.entry(row[0].as_str().unwrap().to_owned()).or_default() += 1;
            }
            assert_eq!(json!(counts), truth[key], "{place}: {column}");
        }
    });
}

#[test]
fn user_details() {
    for window in ["48h", "30d"] {
        let truth = &logs().manifest["windows"][window]["all"]["user_details"]["count_by_action_info"];
        for (action, count) in truth.as_object().unwrap() {
            let Some(queries) = queries(&Scope::with(window, &[("ActionInfo", action)])) else { return };
            let query = queries
                .iter()
                .find(|query| query.workbook == "AAD cloud sync user details" && query.name == "query - 0");
            let answer = query.unwrap().run().unwrap_or_else(|why| panic!("{why}"));
            assert_eq!(json!(answer.rows()), *count, "{window}: {action}");
        }
    }
}
