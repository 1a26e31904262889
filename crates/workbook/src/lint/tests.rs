//! The faults of small workbooks, and those of the five public ones, each exactly where it is.

use super::{Finding, Severity, findings, unreadable_queries};
use crate::azure::{FolderTemplates, read, real};
use serde_json::{Value as Json, json};

fn of(items: Json) -> Vec<Finding> {
    let text = json!({"version": "Notebook/1.0", "items": items}).to_string();
    let found = findings(&read(&text, "test", &FolderTemplates::default()).unwrap());
    for finding in &found {
        for text in [&finding.place, &finding.what, &finding.why, &finding.way_out] {
            assert!(!text.is_empty() && !text.ends_with('.'), "{finding:?}");
        }
    }
    found
}

/// Severity, place and the beginning of what was found.
fn told(found: &[Finding]) -> Vec<(&'static str, &str, &str)> {
    found
        .iter()
        .map(|finding| (finding.severity.name(), finding.place.as_str(), finding.what.as_str()))
        .collect()
}

fn parameter(name: &str, more: Json) -> Json {
    let mut parameter = json!({"name": name, "type": 2, "query": "T | distinct X"});
    parameter.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    parameter
}

fn pickers(parameters: &[Json]) -> Json {
    json!({"type": 9, "name": "pick", "content": {"parameters": parameters}})
}

fn panel(name: &str, query: &str, more: Json) -> Json {
    let mut content = json!({"query": query});
    content.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"type": 3, "name": name, "content": content})
}

fn ranged(name: &str, query: &str) -> Json {
    panel(name, query, json!({"timeContext": {"durationMs": 60_000}}))
}

#[test]
fn a_sound_workbook_has_no_findings() {
    let several = json!({"multiSelect": true, "quote": "'", "delimiter": ",", "typeSettings": {"additionalResourceOptions": ["value::all"], "selectAllValue": "*"}});
    let found = of(json!([
        pickers(&[parameter("A", several), json!({"name": "R", "type": 4, "value": {"durationMs": 1000}})]),
        {"type": 11, "content": {"style": "tabs", "links": [{"cellValue": "tab", "linkTarget": "parameter", "subTarget": "one"}]}},
        {"type": 12, "conditionalVisibility": {"parameterName": "tab", "comparison": "isEqualTo", "value": "one"}, "content": {"items": [
            panel("p", "T | where X in ({A}) or '*' in ({A}) | where Y matches regex @'a{2}'", json!({"timeContextFromParameter": "R", "exportFieldName": "X", "exportParameterName": "E"})),
            panel("q", "T | where X == '{E}'", json!({"timeContextFromParameter": "R"})),
        ]}},
    ]));
    assert_eq!(told(&found), []);
}

#[test]
fn several_values_without_a_list() {
    let found = of(json!([
        pickers(&[
            parameter("A", json!({"multiSelect": true, "quote": "'", "delimiter": "'"})),
            parameter("B", json!({"multiSelect": true, "quote": "'"})),
            parameter("C", json!({"typeSettings": {"additionalResourceOptions": ["value::all"]}})),
            parameter("D", json!({"typeSettings": {"additionalResourceOptions": ["value::all"]}})),
        ]),
        ranged("p", "T | where X in ({A}) and X in ({B}) and X in ({C}) and (X in ({D}) or '*' in ({D}))"),
    ]));
    assert_eq!(
        told(&found),
        [
            ("fault", "item 1 (pick), parameter A", "the delimiter ' is also the quotation mark"),
            (
                "fault",
                "item 1 (pick), parameter B",
                "several values can be chosen, but nothing stands between them"
            ),
            (
                "note",
                "item 1 (pick), parameter C",
                "all can be chosen, but there is no value that stands for all"
            ),
            (
                "warning",
                "item 1 (pick), parameter D",
                "all can be chosen, but there is no value that stands for all, and queries ask whether it is `*`"
            ),
        ]
    );
}

#[test]
fn names_that_nothing_declares_or_uses() {
    let found = of(json!([
        {"type": 1, "content": {"json": "{Missing} {Elsewhere:label}"}},
        pickers(&[parameter("Unused", json!({})), parameter("Own", json!({"query": "T | where X == '{Own}'"})), json!({"name": "W", "type": 5})]),
        panel("p", "T | where X == '{Missing}'", json!({"timeContext": {"durationMs": 1000}, "exportFieldName": "X", "exportParameterName": "Told"})),
        ranged("q", "T | where X == '{Missing}'"),
    ]));
    assert_eq!(
        told(&found),
        [
            ("note", "item 1", "{Elsewhere} is used, but nothing declares it"),
            ("note", "item 2 (pick), parameter Unused", "nothing uses the parameter Unused"),
            ("note", "item 2 (pick), parameter Own", "nothing uses the parameter Own"),
            ("fault", "item 3 (p)", "{Missing} is used, but nothing declares it"),
            ("note", "item 3 (p)", "a click sets Told, which nothing uses"),
        ]
    );
    assert_eq!(found[3].why, "the braces stay in the text of 2 queries, which cannot be read then");
}

#[test]
fn declared_again_only_where_the_first_is_seen() {
    let group = |name: &str, exports: bool| json!({"type": 12, "content": {"exportParameters": exports, "items": [pickers(&[parameter(name, json!({}))]), ranged("p", &format!("T | where X == '{{{name}}}'"))]}});
    let found = of(json!([group("A", false), group("A", false), group("B", true), group("B", false)]));
    assert_eq!(
        told(&found),
        [("warning", "item 4.1 (pick), parameter B", "the parameter `B` is declared a second time")]
    );
}

#[test]
fn conditions_that_never_hold() {
    let shown = |name: &str, comparison: &str, value: &str| json!({"type": 1, "content": {"json": "x"}, "conditionalVisibility": {"parameterName": name, "comparison": comparison, "value": value}});
    let found = of(json!([
        {"type": 11, "content": {"links": [{"cellValue": "tab", "linkTarget": "parameter", "subTarget": "one"}]}},
        shown("tab", "isEqualTo", "One"),
        shown("tab", "isEqualTo", "one"),
        shown("nobody", "isEqualTo", "x"),
        shown("nobody", "isNotEqualTo", "x"),
        shown("nobody", "isNotEqualTo", ""),
    ]));
    let severities: Vec<_> = found.iter().map(|finding| (finding.place.as_str(), finding.severity)).collect();
    assert_eq!(
        severities,
        [
            ("item 2", Severity::Fault),
            ("item 4", Severity::Fault),
            ("item 5", Severity::Note),
            ("item 6", Severity::Fault)
        ]
    );
    assert_eq!(found[0].what, "the condition asks for tab `One`, but the links set `one`");
}

#[test]
fn merges_templates_and_placeholders() {
    let merge = json!({"merges": [{"id": "m", "mergeType": "union", "leftTable": "p", "rightTable": "gone"}, {"mergeType": "table", "leftTable": "m"}]});
    let found = of(json!([
        ranged("p", "T"),
        panel("merged", &merge.to_string(), json!({"queryType": 7})),
        {"type": 12, "name": "g", "content": {"loadFromTemplateId": "a/Missing"}},
        {"type": 10, "name": "m", "content": {"title": "CPU"}},
    ]));
    assert_eq!(
        told(&found),
        [
            (
                "fault",
                "item 2 (merged)",
                "the merge takes the rows of `gone`, which is no panel of this workbook"
            ),
            ("fault", "item 3.1", "Template `Missing` is not shown"),
            ("note", "item 4 (m)", "Metrics chart `CPU` is not shown"),
        ]
    );
    assert!(found[1].why.contains("was not found"));
}

#[test]
fn words_for_empty_values_that_nothing_matches() {
    let list = "T | extend X = iff(isempty(X), 'None', X) | distinct X";
    let found = of(json!([
        pickers(&[parameter("A", json!({"query": list, "type": 10}))]),
        ranged("same", "T | extend X = iff(X == \"\", \"None\", X) | where X in ({A})"),
        ranged("raw", "T | where X in ({A}) // {A}"),
        ranged("other", "T | extend X = iff(X == '', 'Nothing', X) | where X == '{A}'"),
        panel(
            "told",
            "T | extend X = iff(X == '', 'None', X) | summarize count() by X",
            json!({"timeContext": {"durationMs": 1000}, "exportFieldName": "X", "exportParameterName": "E"})
        ),
        ranged("below", "T | where X == '{E}'"),
    ]));
    assert_eq!(
        told(&found),
        [
            (
                "warning",
                "item 1 (pick), parameter A",
                "the list offers `None` for an empty value, which is another word than in item 3 (raw), item 4 (other)"
            ),
            (
                "warning",
                "item 5 (told)",
                "a click on a row tells E `None` for an empty X, which is another word than in item 6 (below)"
            ),
        ]
    );
}

#[test]
fn panels_that_show_other_than_they_seem() {
    let tiles = json!({"visualization": "tiles", "timeContextFromParameter": "R", "exportFieldName": "Gone", "exportParameterName": "E",
        "tileSettings": {"titleContent": {"columnMatch": "K", "formatter": 18, "formatOptions": {"thresholdsGrid": [
            {"operator": "contains", "thresholdValue": "User"}, {"operator": "==", "thresholdValue": "group"}, {"operator": "Default"}]}},
            "sortCriteriaField": "N", "sortOrderField": 1}});
    let found = of(json!([
        pickers(&[
            json!({"name": "R", "type": 4, "value": {"durationMs": 1000}}),
            json!({"name": "A", "type": 1}),
            json!({"name": "B", "type": 1})
        ]),
        panel("tiles", "T | where K in ('user', 'group') | summarize N = count() by K | order by N", tiles),
        panel("all", "T | where K contains '{A}' or L contains '{B}' or M == '{E}'", json!({})),
        ranged("fixed", "T"),
        panel("text", "T | where TimeGenerated {R}", json!({})),
    ]));
    assert_eq!(
        told(&found),
        [
            ("warning", "item 2 (tiles)", "a click tells E the column Gone, which the query does not have"),
            ("note", "item 2 (tiles)", "the query puts the greatest N first, the tiles put the least first"),
            (
                "note",
                "item 2 (tiles)",
                "thresholds of K ask for `User`, the query's values are written in other case"
            ),
            ("warning", "item 3 (all)", "nothing bounds the time of its rows"),
            ("warning", "item 3 (all)", "searches for `A`, `B` are joined by `or`"),
            ("warning", "item 4 (fixed)", "its time range is fixed, and no picker changes it"),
        ]
    );
}

/// Compares with the findings of a public workbook: severity, place, and how what was found begins.
fn check(name: &str, wanted: &[(&str, &str, &str)]) {
    let Some(workbook) = real::workbook(name) else { return };
    let found = findings(&workbook);
    for (at, wanted) in wanted.iter().enumerate() {
        let (severity, place, what) = told(&found).get(at).copied().unwrap_or_default();
        assert_eq!((severity, place), (wanted.0, wanted.1), "{name}: {what}");
        assert!(what.starts_with(wanted.2), "{name}: {what}");
    }
    assert_eq!(found.len(), wanted.len(), "{name}: {:?}", told(&found).last());
}

#[test]
fn the_cloud_sync_workbooks() {
    const DELIMITER: &str = "the delimiter ' is also the quotation mark";
    const NO_VALUE: &str = "the list offers `No Value` for an empty value";
    const UNKNOWN: &str = "the list offers `Unknown` for an empty value";
    const NEVER: &str = "TargetIdentity.UserPrincipalName never holds a value";
    check(
        "AAD cloud sync Insights",
        &[
            ("fault", "item 3 (parameters - 2), parameter Status", DELIMITER),
            ("fault", "item 3 (parameters - 2), parameter JobId", DELIMITER),
            ("warning", "item 3 (parameters - 2), parameter JobId", NO_VALUE),
            ("note", "item 5.1 (query - 8)", "the query puts the greatest Objects first"),
            (
                "note",
                "item 5.1 (query - 8)",
                "thresholds of SourceIdentityType ask for `User`, `Group`, `Contact`",
            ),
            (
                "note",
                "item 5.1 (query - 8)",
                "7 queries from here on ask for the system `Microsoft Entra ID` only",
            ),
            ("note", "item 5.2 (SyncobjectsbyAction)", "it does not follow `SyncType`"),
            ("note", "item 5.3 (SyncobjectsbyAction - Copy)", "it does not follow `SyncType`"),
            (
                "warning",
                "item 5.4 (SyncStatus)",
                "a click on a row tells ActionInfo `Unknown` for an empty Action",
            ),
            ("note", "item 5.5 (SyncErrors)", "it does not follow `Status`"),
            ("warning", "item 6.5 (parameters - 8), parameter TName", UNKNOWN),
            ("warning", "item 6.6 (ProvisioningDetails)", NEVER),
        ],
    );
    check(
        "AAD cloud sync details",
        &[
            ("warning", "item 2 (parameters - 2), parameter JobId", NO_VALUE),
            (
                "note",
                "item 3 (ProvStatusSummary)",
                "2 queries from here on ask for the system `Microsoft Entra ID` only",
            ),
            ("warning", "item 5 (parameters - 8), parameter TName", UNKNOWN),
            ("warning", "item 6 (ProvisioningDetails)", NEVER),
        ],
    );
    check(
        "AAD cloud sync user details",
        &[
            ("fault", "item 2 (parameters - 2), parameter JobId", DELIMITER),
            ("fault", "item 2 (parameters - 2), parameter Status", DELIMITER),
            ("warning", "item 2 (parameters - 2), parameter JobId", NO_VALUE),
            ("note", "item 3 (query - 0)", "the query asks for the system `Microsoft Entra ID` only"),
        ],
    );
}

#[test]
fn the_sister_workbooks() {
    const ALL: &str = "all can be chosen, but there is no value that stands for all, and queries ask";
    const ACTION: &str = "it does not follow `Action`";
    check(
        "ProvisioningAnalysis",
        &[
            ("warning", "item 2 (parameters - 2), parameter JobId", ALL),
            ("warning", "item 2 (parameters - 2), parameter Status", ALL),
            ("warning", "item 2 (parameters - 2), parameter App", ALL),
            (
                "warning",
                "item 9 (parameters - 7), parameter TimeRange",
                "the parameter `TimeRange` is declared a second time",
            ),
            (
                "warning",
                "item 9 (parameters - 7), parameter Status",
                "the parameter `Status` is declared a second time",
            ),
            ("note", "item 11 (query - 6)", "it does not follow `JobId`, `App`"),
            ("warning", "item 11 (query - 6)", "searches for `SourceIdentityName`, "),
            ("warning", "item 15 (query - 10)", "its time range is fixed"),
        ],
    );
    check(
        "Provisioning Insights",
        &[
            (
                "warning",
                "item 4 (parameters - 0), parameter JobId",
                "the list offers `No Value` for an empty value",
            ),
            ("note", "item 6.1 (query - 0)", "the query puts the greatest Objects first"),
            ("note", "item 6.4 (SyncStatus)", "a click sets ActionInfo, which nothing uses"),
            (
                "warning",
                "item 6.5 (query - 13)",
                "a click tells ActionInfo the column Action, which the query does not have",
            ),
            ("note", "item 6.5 (query - 13)", "a click sets ActionInfo, which nothing uses"),
            ("note", "item 6.5 (query - 13)", ACTION),
            ("note", "item 6.6 (topproverrors)", ACTION),
            ("note", "item 7.1 (ProvStatusSummary)", ACTION),
            (
                "note",
                "item 7.6 (ProvisioningDetails)",
                "2 queries from here on ask for the system `Azure Active Directory` only",
            ),
            ("note", "item 9.1 (ProvStatusSummarybyCycle)", ACTION),
            (
                "warning",
                "item 9.6 (ProvisioningDetails - Copy)",
                "TargetIdentity.UserPrincipalName never holds a value",
            ),
        ],
    );
}

/// A reader of queries that knows three mistakes.
fn mistakes(text: &str) -> Option<String> {
    let braces = text.contains("{P") || text.contains("{Gone");
    let empty = text.contains("in ()") || text.contains("''A''");
    (braces || empty).then(|| "it is wrong".to_owned())
}

#[test]
fn queries_that_cannot_be_read_with_values_in_place() {
    let text = json!({"version": "Notebook/1.0", "items": [
        pickers(&[
            parameter("P", json!({"multiSelect": true, "quote": "'", "delimiter": ",", "value": ["value::all"]})),
            parameter("Q", json!({"query": "T | where X == '{Gone}'"})),
            json!({"name": "C", "type": 1, "criteriaData": [{"criteriaContext": {"operator": "Default", "resultVal": "where X == '{Q}'"}}]}),
        ]),
        ranged("right", "T | where X in ({P}) | where X == '{Q}' | {C}"),
        ranged("wrong", "T | where X == '{Gone}'"),
        ranged("quoted twice", "T | where X == ''{Q}''"),
        ranged("none", "  // nothing"),
    ]});
    let workbook = read(&text.to_string(), "test", &FolderTemplates::default()).unwrap();
    let found = unreadable_queries(&workbook, 0, &mistakes);
    assert_eq!(
        told(&found),
        [
            ("fault", "item 1 (pick), parameter Q", "the query of its values cannot be read: it is wrong"),
            ("fault", "item 3 (wrong)", "its query cannot be read: it is wrong"),
            ("fault", "item 4 (quoted twice)", "its query cannot be read: it is wrong"),
        ]
    );
}

#[test]
fn the_public_workbooks_leave_no_braces() {
    let now = calypso_library::literals::datetime("2026-11-01").unwrap();
    for name in [
        "AAD cloud sync Insights",
        "AAD cloud sync details",
        "AAD cloud sync user details",
        "ProvisioningAnalysis",
        "Provisioning Insights",
    ] {
        let Some(workbook) = real::workbook(name) else { return };
        let braces = |text: &str| crate::expand::names(text).first().map(|name| format!("{name} in {text}"));
        assert_eq!(told(&unreadable_queries(&workbook, now, &braces)), [], "{name}");
    }
}
