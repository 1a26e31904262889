//! The cloud sync dashboard shows what the manifest counts.

use crate::logs::{answer, expected, json_rows, logs, page, picker, sorted, workbook};
use calypso_library::{Answer, format::datetime_short};
use calypso_workbook::{Now, PageOptions, Tabs};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

const WINDOWS: [&str; 3] = ["48h", "7d", "30d"];
const SETTINGS: [(&str, &[(&str, &str)]); 2] =
    [("all", &[]), ("failure_object", &[("Status", "Failure"), ("SyncType", "Object")])];

/// Calls a check with every window and setting.
fn each(panel: &str, check: impl Fn(&Answer, &Json, &str)) {
    let workbook = workbook();
    for window in WINDOWS {
        for (setting, parameters) in SETTINGS {
            let mut parameters = parameters.to_vec();
            parameters.push(("Date", window));
            let logs = logs();
            let options = PageOptions {
                panel: Some(panel.to_owned()),
                parameters: parameters.iter().map(|(n, t)| (n.to_string(), t.to_string())).collect(),
                ..PageOptions::at(Now::At(logs.now))
            };
            let page = workbook.page(&logs.engine, &options).unwrap();
            check(
                answer(&page, None),
                &logs.manifest["windows"][window][setting],
                &format!("{panel}, {window}, {setting}"),
            );
        }
    }
}

#[test]
fn objects_by_type() {
    each("objects by type", |answer, truth, place| {
        let truth = expected(&truth["objects_by_type"], &["type", "objects", "trend"]);
        assert_eq!(sorted(json_rows(answer, &["Type", "Objects", "Trend"])), sorted(truth), "{place}");
    });
}

#[test]
fn actions_per_day() {
    per_day("actions per day", "actions_per_day", "Action", "action");
}

#[test]
fn statuses_per_day() {
    per_day("statuses per day", "statuses_per_day", "Status", "status");
}

fn per_day(panel: &str, key: &str, column: &str, field: &str) {
    each(panel, |answer, truth, place| {
        let mut truth = expected(&truth[key], &["day", field, "count"]);
        for row in &mut truth {
            row[0] = format!("{}T00:00:00.0000000Z", row[0].as_str().unwrap()).into();
        }
        assert_eq!(sorted(json_rows(answer, &["Day", column, "Rows"])), sorted(truth), "{place}");
    });
}

#[test]
fn sync_counts() {
    each("sync counts", |answer, truth, place| {
        let keys = ["action", "total", "success", "failure", "skipped", "warning", "trend", "objects"];
        let truth = expected(&truth["action_table"], &keys);
        let columns = ["Action", "Total", "Success", "Failure", "Skipped", "Warning", "Trend", "Objects"];
        assert_eq!(json_rows(answer, &columns), truth, "{place}");
    });
}

#[test]
fn recent_errors() {
    each("recent errors", |answer, truth, place| {
        let list = truth["recent_errors"].as_array().unwrap();
        let truth: Vec<Vec<Json>> = list
            .iter()
            .map(|e| vec![e["code"].clone(), e["occurrences"].clone(), e["last_seen"].clone()])
            .collect();
        assert_eq!(json_rows(answer, &["ErrorCode", "Occurrences", "LastSeen"]), truth, "{place}");
    });
}

#[test]
fn objects_by_status() {
    each("objects by status", |answer, truth, place| {
        let truth = expected(&truth["objects_by_status"], &["status", "objects", "trend"]);
        assert_eq!(sorted(json_rows(answer, &["Status", "Objects", "Trend"])), sorted(truth), "{place}");
    });
}

#[test]
fn step_details() {
    each("step details", |answer, truth, place| {
        let truth = &truth["details_grid"];
        assert_eq!(json!(answer.rows()), truth["rows"], "{place}");
        for (column, key) in [("StepName", "by_step"), ("Action", "by_action"), ("Status", "by_status")] {
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
    let columns = ["SourceName", "SourceId", "TargetName", "TargetUPN", "TargetId", "Status", "Action"];
    each("user details", |answer, truth, place| {
        let truth = &truth["user_details"];
        assert_eq!(json!(answer.rows()), truth["count_by_action_info"]["*"], "{place}");
        let removals = ["Disable", "Delete", "StagedDelete"];
        let rows: Vec<_> = json_rows(answer, &columns)
            .into_iter()
            .filter(|row| removals.contains(&row[6].as_str().unwrap()))
            .collect();
        for row in truth["removals"].as_array().unwrap() {
            assert!(rows.contains(row.as_array().unwrap()), "{place}: {row}");
        }
    });
}

#[test]
fn an_action_leads_to_its_users() {
    let (workbook, logs) = (workbook(), logs());
    for window in WINDOWS {
        let truth = &logs.manifest["windows"][window]["all"]["user_details"]["count_by_action_info"];
        for (action, count) in truth.as_object().unwrap() {
            // The panel that is drilled from names the empty action, and the name finds its rows.
            let picked = if action.is_empty() { "Unknown" } else { action };
            let count = if action == "Unknown" { truth.get("").unwrap_or(count) } else { count };
            let options = PageOptions {
                panel: Some("User details".to_owned()),
                parameters: vec![("Date".into(), window.into()), ("ActionInfo".into(), picked.into())],
                ..PageOptions::at(Now::At(logs.now))
            };
            let page = workbook.page(&logs.engine, &options).unwrap();
            assert_eq!(json!(answer(&page, None).rows()), *count, "{window}: {picked}");
        }
    }
}

#[test]
fn choices_are_those_of_the_rows() {
    let (workbook, logs) = (workbook(), logs());
    for window in WINDOWS {
        let truth = &logs.manifest["windows"][window]["pick_lists"];
        let options = PageOptions {
            parameters: vec![("Date".into(), window.into())],
            panel: Some("step details".into()),
            ..PageOptions::at(Now::At(logs.now))
        };
        let page = workbook.page(&logs.engine, &options).unwrap();
        for (name, key) in [
            ("Status", "Status"),
            ("Action", "Action"),
            ("JobId", "JobId"),
            ("SyncType", "SyncType"),
            ("Stage", "Stage"),
            ("IdentityType", "IdentityType"),
            ("TargetName", "TName"),
        ] {
            let mut offered: Vec<_> =
                picker(&page, name).choices.iter().map(|choice| choice.value.as_str()).collect();
            let list = truth[key].as_array().unwrap().iter().map(|value| value.as_str().unwrap());
            let mut truth: Vec<&str> = list
                .filter(|value| !(value.is_empty() && name == "IdentityType"))
                .map(|value| if value.is_empty() { "Unknown" } else { value })
                .collect();
            // The engine gives the first thousand; a set of texts has one order only in the test.
            offered.sort();
            truth.sort();
            truth.dedup();
            if truth.len() <= 1000 {
                assert_eq!(offered, truth, "{window}: {name}");
            } else {
                assert_eq!(offered.len(), 1000, "{window}: {name}");
            }
        }
    }
}

#[test]
fn the_page_says_when_the_logs_are_older() {
    let (workbook, logs) = (workbook(), logs());
    let late = logs.now + 90 * 864_000_000_000;
    let at = |now| PageOptions { tabs: Tabs::All, ..PageOptions::at(now) };
    let page = workbook.page(&logs.engine, &at(Now::At(late))).unwrap();
    let notice = &page.notices[0];
    assert!(notice.contains("2026-11-01 00:00:00 UTC") && notice.contains("--now end"), "{notice}");
    assert!(page.panels().iter().all(|(item, _)| answer(&page, Some(&item.name)).rows() == 0));
    let end = workbook.page(&logs.engine, &at(Now::End)).unwrap();
    assert_eq!((datetime_short(end.now).as_str(), end.notices.len()), ("2026-11-01T00:00:00Z", 0));
    assert!(end.panels().iter().all(|(item, _)| answer(&end, Some(&item.name)).rows() > 0));
}

#[test]
fn a_clicked_row_shows_the_panel_it_leads_to() {
    let workbook = workbook();
    let shown = |parameters: &[(&str, &str)]| {
        let page = page(&workbook, parameters);
        page.panels().iter().any(|(item, _)| item.name == "user details")
    };
    assert!(!shown(&[]) && !shown(&[("Action", "Create")]));
    assert!(shown(&[("ActionInfo", "Create")]));
    let page = page(&workbook, &[("ActionInfo", "Create"), ("Date", "30d")]);
    let details = answer(&page, Some("user details"));
    let actions = json_rows(details, &["Action"]);
    assert!(!actions.is_empty() && actions.iter().all(|row| row[0] == "Create"));
}

#[test]
fn the_page_is_drawn() {
    let page = page(&workbook(), &[("Action", "Create,Update")]);
    assert_eq!(page.panels().len(), 7);
    let wide = page.terminal(&calypso_view::Style::plain(140));
    let text = wide.join("\n");
    for part in
        ["Sync summary", "Sync details", "Action: Create, Update", "look closer: --panel", "Error code"]
    {
        assert!(text.contains(part), "{part} is missing:\n{text}");
    }
    let beside = wide.iter().any(|line| line.contains("by action") && line.contains("by status"));
    assert!(beside, "{text}");
    assert!(text.contains("not narrowed by Action"), "{text}");
    for width in [40, 80, 140] {
        for line in page.terminal(&calypso_view::Style::ascii(width)) {
            assert!(calypso_view::text::width(&line) <= width.max(60), "{width}: {line}");
        }
    }
}
