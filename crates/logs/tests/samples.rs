//! The same five events in every delivered shape: all shapes agree, as far as each can tell.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use arrow::array::{Array, AsArray};
use arrow::datatypes::Int64Type;
use calypso_library::{Table, Type};
use calypso_logs::{OpenOptions, Opened, open};
use std::path::{Path, PathBuf};

/// Where the samples lie; tests skip when they are absent.
fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/domain/samples");
    let found = Some(folder).filter(|path| path.is_dir());
    if found.is_none() {
        println!("skipped: no samples beside the project");
    }
    found
}

fn read(names: &[&str]) -> Option<Opened> {
    let folder = samples()?;
    let paths: Vec<_> = names.iter().map(|name| folder.join(name)).collect();
    Some(open(&paths, &OpenOptions::default()).unwrap())
}

/// All cells of a table as text, row by row.
fn rows(table: &Table) -> Vec<Vec<(String, String)>> {
    let mut rows = Vec::new();
    for batch in &table.batches {
        for row in 0..batch.num_rows() {
            let cell = |index: usize, ty: Type| match ty {
                Type::Long | Type::DateTime => {
                    let array = batch.column(index).as_primitive::<Int64Type>();
                    if array.is_null(row) { "null".into() } else { array.value(row).to_string() }
                }
                _ => batch.column(index).as_string_view().value(row).to_owned(),
            };
            let columns = table.columns.iter().enumerate();
            rows.push(columns.map(|(index, column)| (column.name.clone(), cell(index, column.ty))).collect());
        }
    }
    rows
}

#[test]
fn a_blob_gives_five_rows_and_one_duplicate() {
    let Some(opened) = read(&["PT1H.json"]) else { return };
    assert_eq!(opened.summary.to_string(), "read 5 rows from 1 file, 1 duplicate dropped, 0 refused");
    let names: Vec<_> = opened.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["AADProvisioningLogs", "AuditLogs", "ProvisioningDelivery"]);
    assert_eq!(rows(&opened.tables[0]).len(), 5);
    let copies: Vec<_> = rows(&opened.tables[2]).into_iter().map(|row| row[4].1.clone()).collect();
    assert_eq!(copies, ["2", "1", "1", "1", "1"]);
}

/// The rows of `AADProvisioningLogs` in a shape, after checking that nothing was refused.
fn provisioning(names: &[&str]) -> Option<Vec<Vec<(String, String)>>> {
    let opened = read(names)?;
    assert_eq!(opened.summary.refused, 0, "{names:?}: {:?}", opened.summary.problems);
    assert_eq!(opened.summary.warnings.len(), 0, "{names:?}: {:?}", opened.summary.warnings);
    Some(rows(&opened.tables[0]))
}

#[test]
fn full_shapes_agree_in_every_cell() {
    let Some(blob) = provisioning(&["PT1H.json"]) else { return };
    let workspace = |rows: Vec<Vec<(String, String)>>| -> Vec<Vec<(String, String)>> {
        rows.into_iter().map(|row| row.into_iter().filter(|cell| cell.0 != "TenantId").collect()).collect()
    };
    let blob = workspace(blob);
    for name in ["query_api.json", "az_cli.json"] {
        let rows = provisioning(&[name]).unwrap();
        assert!(rows.iter().all(|row| row[0].1.starts_with("9a0f3c11")), "{name} keeps the workspace");
        assert_eq!(workspace(rows), blob, "{name}");
    }
    assert_eq!(workspace(provisioning(&["eventhub.json"]).unwrap()), blob[..2]);
}

/// A JSON text with its members in order of name; other text as it is.
fn ordered(text: &str) -> String {
    serde_json::from_str::<serde_json::Value>(text).map_or(text.to_owned(), |mut value| {
        value.sort_all_objects();
        value.to_string()
    })
}

#[test]
fn graph_and_portal_json_agree_but_for_workspace_and_order() {
    let Some(blob) = provisioning(&["PT1H.json"]) else { return };
    for names in [&["graph_page1.json", "graph_page2.json"][..], &["portal_ProvisioningLogs.json"]] {
        let rows = provisioning(names).unwrap();
        assert_eq!(rows.len(), 5);
        for (row, expected) in rows.iter().zip(&blob) {
            for (cell, expected) in row.iter().zip(expected).filter(|(cell, _)| cell.0 != "TenantId") {
                assert_eq!(ordered(&cell.1), ordered(&expected.1), "{names:?} {}", cell.0);
            }
        }
    }
}

#[test]
fn every_shape_agrees_on_what_all_can_tell() {
    let Some(blob) = provisioning(&["PT1H.json"]) else { return };
    let told = |row: &Vec<(String, String)>| -> Vec<String> {
        let cell = |name: &str| row.iter().find(|cell| cell.0 == name).unwrap().1.clone();
        let names = ["Id", "JobId", "CycleId", "ChangeId", "Action", "ResultType", "ResultSignature"];
        let mut told: Vec<String> = names.iter().map(|name| cell(name)).collect();
        let source: serde_json::Value = serde_json::from_str(&cell("SourceIdentity")).unwrap();
        told.extend([source["Id"].to_string(), source["Name"].to_string()]);
        told.push((cell("TimeGenerated").parse::<i64>().unwrap() / 10_000).to_string());
        told
    };
    let expected: Vec<_> = blob.iter().map(told).collect();
    let portal = [
        "portal_ProvisioningLogs.csv",
        "portal_ProvisioningLogs_ModifiedProperties.csv",
        "portal_ProvisioningLogs_ProvisioningSteps.csv",
    ];
    for names in [&["la_blade.csv"][..], &portal[..1], &portal, &["query_api.json"], &["az_cli.json"]] {
        let rows = provisioning(names).unwrap();
        assert_eq!(rows.iter().map(told).collect::<Vec<_>>(), expected, "{names:?}");
    }
    let joined = provisioning(&portal).unwrap();
    let steps: serde_json::Value = serde_json::from_str(&joined[0][18].1).unwrap();
    assert_eq!(steps.as_array().unwrap().len(), 4);
    assert_eq!(steps[3]["provisioningStepType"], 5);
    assert_eq!(provisioning(&portal[..1]).unwrap()[0][17].1, "[]");
}

#[test]
fn a_folder_of_all_shapes_is_the_same_five_rows() {
    let Some(folder) = samples() else { return };
    let opened = open(std::slice::from_ref(&folder), &OpenOptions::default()).unwrap();
    assert_eq!(opened.summary.rows_read, 5);
    assert_eq!(opened.summary.files_skipped, 1, "make_shapes.py: {:?}", opened.summary.skipped);
    let blob = provisioning(&["PT1H.json"]).unwrap();
    assert_eq!(rows(&opened.tables[0]), blob, "the fullest shape is kept");
}

#[test]
fn written_files_keep_every_cell() {
    let Some(opened) = read(&["PT1H.json"]) else { return };
    let folder = tempfile::tempdir().unwrap();
    let (parquet, arrow) = (folder.path().join("l.parquet"), folder.path().join("l.arrow"));
    calypso_logs::write_parquet(&opened.tables[0], &parquet, Default::default()).unwrap();
    calypso_logs::write_arrow(&opened.tables[0], &arrow).unwrap();
    for path in [parquet, arrow] {
        let again = open(&[path], &OpenOptions::default()).unwrap();
        assert_eq!(rows(&again.tables[0]), rows(&opened.tables[0]));
    }
}
