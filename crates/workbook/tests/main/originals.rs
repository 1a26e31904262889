//! The public workbooks themselves, read as they are: every panel is filled, and those of the cloud sync workbooks show
//! the manifest's numbers. Skipped where the files are not at hand.

use crate::logs::{expected, json_rows, logs, named, rows, sorted};
use calypso_library::{Answer, Value};
use calypso_view::Drawing;
use calypso_workbook::azure::{self, FolderTemplates};
use calypso_workbook::model::Workbook;
use calypso_workbook::page::{Page, PageBody, PageItem};
use calypso_workbook::{Now, PageOptions, Tabs};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

const SETTINGS: [(&str, &[(&str, &str)]); 2] =
    [("all", &[]), ("failure_object", &[("Status", "Failure"), ("SyncType", "Object")])];

/// The folder of the public workbooks; nothing when they are not at hand.
fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/workbooks"));
    if !folder.is_dir() {
        println!("skipped: the public workbooks are not at hand");
        return None;
    }
    Some(folder)
}

fn read(name: &str) -> Option<Workbook> {
    let folder = folder()?;
    let text = std::fs::read_to_string(folder.join(format!("{name}.workbook"))).unwrap();
    let templates = FolderTemplates { folders: vec![folder] };
    Some(azure::read(&text, name, &templates).unwrap())
}

fn page(workbook: &Workbook, options: PageOptions) -> Page {
    workbook.page(&logs().engine, &options).unwrap()
}

fn options(given: &[(&str, &str)]) -> PageOptions {
    let parameters = given.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    PageOptions { parameters, ..PageOptions::at(Now::At(logs().now)) }
}

/// Values in place of those that the file is shipped with and that name something private to its author.
fn present(workbook: &Workbook) -> Vec<(&'static str, &'static str)> {
    // Its panels of one user ask for users of applications, whose type is written with a capital letter.
    let present = logs().manifest["present"]["application_user"].as_object().unwrap();
    let pairs = present.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap()));
    pairs.filter(|(name, _)| workbook.takes(name)).collect()
}

const WORKBOOKS: [(&str, usize); 5] = [
    ("AAD cloud sync Insights", 7),
    ("AAD cloud sync details", 2),
    ("AAD cloud sync user details", 1),
    ("Provisioning Insights", 14),
    ("ProvisioningAnalysis", 9),
];

#[test]
fn every_panel_is_filled() {
    let mut empty = Vec::new();
    for (name, panels) in WORKBOOKS {
        let Some(workbook) = read(name) else { return };
        for tabs in [Tabs::All, Tabs::Selected] {
            let page = page(&workbook, PageOptions { tabs, ..options(&present(&workbook)) });
            let made = page.panels();
            assert!(tabs == Tabs::Selected || made.len() == panels, "{name}: {} panels", made.len());
            for (item, panel) in made {
                let place = format!("{name}, {} {}", item.name, panel.title);
                match &panel.drawing {
                    // It looks back one day, whatever is chosen; see the test below.
                    Ok(Drawing::Message { .. }) if item.name == "query - 10" => {}
                    Err(why) => empty.push(format!("{place}: {why}")),
                    Ok(Drawing::Message { text, .. }) => empty.push(format!("{place}: {text}")),
                    Ok(Drawing::Grid(_) | Drawing::Tiles(_) | Drawing::Chart(_) | Drawing::Card(_)) => {}
                }
            }
            troubles(&page.items, name, &mut empty);
            assert!(page.notices.is_empty(), "{name}: {:?}", page.notices);
        }
    }
    assert!(empty.is_empty(), "{}", empty.join("\n"));
}

#[test]
fn a_panel_with_a_length_of_its_own_looks_back_that_far() {
    let Some(workbook) = read("ProvisioningAnalysis") else { return };
    let newest = "AuditLogs | where ActivityDisplayName == 'Quarantine' | summarize max(TimeGenerated)";
    let answers = logs().engine.run(newest).unwrap();
    let Value::DateTime(newest) = rows(&answers[0])[0][0] else { panic!("there is no quarantine") };
    let filled = |now| {
        let options = PageOptions { now: Now::At(now), panel: Some("query - 10".into()), ..options(&[]) };
        page(&workbook, options).panels()[0].1.answer.as_ref().unwrap().rows() > 0
    };
    let day = 864_000_000_000;
    assert!(filled(newest) && filled(newest + day - 1) && !filled(newest + day));
}

/// Lists that could not be had.
fn troubles(items: &[PageItem], place: &str, found: &mut Vec<String>) {
    for item in items {
        match &item.body {
            PageBody::Pickers(pickers) => {
                for picker in pickers {
                    found.extend(picker.problem.iter().map(|why| format!("{place}, {}: {why}", picker.key)));
                }
            }
            PageBody::Group { items, .. } => troubles(items, place, found),
            PageBody::Tabs(tabs) => {
                tabs.iter()
                    .filter_map(|tab| tab.items.as_ref())
                    .for_each(|items| troubles(items, place, found));
            }
            _ => {}
        }
    }
}

#[test]
fn the_details_are_a_part_of_the_insights() {
    let Some(workbook) = read(INSIGHTS) else { return };
    let page = page(&workbook, PageOptions { tabs: Tabs::All, ..options(&[("Status", "Failure")]) });
    let status = |page: &Page, name: &str| {
        let panels = page.panels();
        let (_, panel) = panels.iter().find(|(item, _)| item.name == name).unwrap();
        sorted(json_rows(panel.answer.as_ref().unwrap(), &["ResultType", "Objects"]))
    };
    // One choice of the status narrows the panels of both files.
    let rows = status(&page, "ProvStatusSummary");
    assert_eq!(rows.iter().map(|row| row[0].as_str().unwrap()).collect::<Vec<_>>(), ["Failure"]);
}

/// Calls a check with every window and setting.
fn each(workbook: &str, name: &str, check: impl Fn(&Answer, &Json, &str)) {
    let Some(read) = read(workbook) else { return };
    for window in ["48h", "7d", "30d"] {
        for (setting, values) in SETTINGS {
            let mut given = values.to_vec();
            given.push(("TimeRange", window));
            let page = page(&read, PageOptions { panel: Some(name.to_owned()), ..options(&given) });
            let (_, panel) = page.panels()[0];
            let place = format!("{name}, {window}, {setting}");
            let answer = panel.answer.as_ref().unwrap_or_else(|| panic!("{place}: {:?}", panel.drawing));
            check(answer, &logs().manifest["windows"][window][setting], &place);
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
    let Some(workbook) = read("AAD cloud sync user details") else { return };
    for window in ["48h", "30d"] {
        let truth = &logs().manifest["windows"][window]["all"]["user_details"]["count_by_action_info"];
        for (action, count) in truth.as_object().unwrap() {
            let page = page(&workbook, options(&[("TimeRange", window), ("ActionInfo", action)]));
            let (_, panel) = page.panels()[0];
            match &panel.answer {
                Some(answer) => assert_eq!(json!(answer.rows()), *count, "{window}: {action}"),
                // It is a value that must be chosen.
                None => {
                    let why = panel.drawing.as_ref().unwrap_err();
                    assert!(action.is_empty() && why == "choose a value for Action", "{action}: {why}");
                }
            }
        }
    }
}

#[test]
fn the_file_is_mended_unless_it_is_to_be_faithful() {
    let Some(workbook) = read(INSIGHTS) else { return };
    let panel = |faithful| {
        let given = [("Status", "Failure"), ("Status", "Success")];
        let page =
            page(&workbook, PageOptions { panel: Some("SyncErrors".into()), faithful, ..options(&given) });
        page.panels()[0].1.clone()
    };
    let by_status = |faithful| {
        let given = [("Status", "Failure"), ("Status", "Success")];
        let name = "SyncobjectsbyAction".to_owned();
        let page = page(&workbook, PageOptions { panel: Some(name), faithful, ..options(&given) });
        page.panels()[0].1.clone()
    };
    assert!(panel(false).drawing.is_ok());
    let mended = by_status(false);
    assert!(mended.drawing.is_ok() && !mended.notes.is_empty(), "{:?}", mended.notes);
    assert!(by_status(true).drawing.is_err());
}
