//! Stores that are broken or cannot be written say so.

use crate::same_rows::{assert_same, generated, import};
use calypso_logs::generator::Shape;
use calypso_store::{ImportOptions, LogTable, Store};
use std::path::{Path, PathBuf};

fn imported(folder: &Path) -> (Store, PathBuf) {
    let logs = generated(folder, &[Shape::Blob]).join("blob/insights-logs-auditlogs");
    let store = Store::at(&folder.join("store"));
    import(&store, std::slice::from_ref(&logs));
    (store, logs)
}

fn newest_commit(store: &Store, table: LogTable) -> PathBuf {
    let folder = store.folder().join(table.name()).join("_delta_log");
    let commits = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    commits.filter(|path| path.extension().is_some_and(|ending| ending == "json")).max().unwrap()
}

#[test]
fn a_log_that_is_no_log_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (store, logs) = imported(folder.path());
    std::fs::write(newest_commit(&store, LogTable::Audit), "no JSON").unwrap();
    let error = store.files(LogTable::Audit).unwrap_err().to_string();
    assert!(error.contains("AuditLogs cannot be read as a Delta table"), "{error}");
    let error = store.import(&[logs], &ImportOptions::default(), &|_| {}).unwrap_err().to_string();
    assert!(error.contains("AuditLogs"), "{error}");
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let store = Store::at(&folder.path().join("file/store"));
    assert!(!store.exists());
    let error = store.import(&[], &ImportOptions::default(), &|_| {}).unwrap_err().to_string();
    assert!(error.contains("file/store cannot be made"), "{error}");
}

#[test]
fn a_file_that_is_gone_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = imported(folder.path());
    let gone = store.files(LogTable::Audit).unwrap().pop().unwrap().path;
    std::fs::remove_file(&gone).unwrap();
    let more = generated(&folder.path().join("more"), &[Shape::Blob]).join("blob/insights-logs-auditlogs");
    let error = store.import(&[more], &ImportOptions::default(), &|_| {}).unwrap_err().to_string();
    assert!(error.contains(&format!("{} cannot be read", gone.display())), "{error}");
}

#[test]
fn paths_without_logs_are_refused_and_the_others_taken() {
    let folder = tempfile::tempdir().unwrap();
    let logs = generated(folder.path(), &[Shape::Blob]).join("blob");
    let store = Store::at(&folder.path().join("store"));
    let noise = folder.path().join("noise.bin");
    std::fs::write(&noise, [0u8, 1, 2, 3, 255]).unwrap();
    let absent = folder.path().join("absent.json");
    let paths = [noise, logs.clone(), absent];
    let done = store.import(&paths, &ImportOptions::default(), &|_| {}).unwrap();
    assert!(matches!(done.refused.as_slice(), [one] if one.contains("noise.bin")), "{:?}", done.refused);
    assert!(matches!(done.away.as_slice(), [one] if one.contains("absent.json")), "{:?}", done.away);
    assert_same(&store, &[logs]);
}

#[test]
fn a_folder_that_its_logs_have_left_is_away() {
    let folder = tempfile::tempdir().unwrap();
    let (store, logs) = imported(folder.path());
    let away =
        |path: &Path| store.import(&[path.to_owned()], &ImportOptions::default(), &|_| {}).unwrap().away;
    assert!(away(&logs).is_empty());
    std::fs::rename(&logs, folder.path().join("elsewhere")).unwrap();
    assert!(matches!(away(&logs).as_slice(), [one] if one.starts_with("no file or folder")));
    std::fs::create_dir(&logs).unwrap();
    assert!(
        matches!(away(&logs).as_slice(), [one] if one.ends_with("is empty, and logs have been imported from it"))
    );
    // One whose logs are gone in order to make room, and one that never had any.
    std::fs::create_dir(logs.join("y=2026")).unwrap();
    assert!(away(&logs).is_empty());
    let new = folder.path().join("new");
    std::fs::create_dir(&new).unwrap();
    assert!(away(&new).is_empty());
}

/// What a kill between the commits of two tables leaves: a note of all, and commits of some.
#[test]
fn a_write_that_was_interrupted_is_finished_once() {
    let folder = tempfile::tempdir().unwrap();
    let logs = generated(folder.path(), &[Shape::Blob]).join("blob/insights-logs-provisioninglogs");
    let store = Store::at(&folder.path().join("store"));
    import(&store, std::slice::from_ref(&logs));
    let log = |table: LogTable| std::fs::read_to_string(newest_commit(&store, table)).unwrap();
    let writes = [LogTable::Delivery, LogTable::Provisioning].map(|table| {
        let actions: Vec<serde_json::Value> =
            log(table).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let of = |kind: &str| {
            actions.iter().filter(|action| action.get(kind).is_some()).cloned().collect::<Vec<_>>()
        };
        let blobs = of("txn").into_iter().map(|action| action["txn"].clone());
        let blobs = blobs.filter(|txn| txn["appId"] != "calypso").collect::<Vec<_>>();
        let mut changes = of("remove");
        changes.extend(of("add"));
        serde_json::json!({ "table": table.name(), "actions": changes, "transactions": blobs })
    });
    let sequence = log(LogTable::Provisioning).lines().find_map(|line| {
        let action: serde_json::Value = serde_json::from_str(line).unwrap();
        (action["txn"]["appId"] == "calypso").then(|| action["txn"]["version"].clone())
    });
    let note = serde_json::json!({ "sequence": sequence, "writes": writes });
    for lost in [vec![LogTable::Provisioning], vec![LogTable::Provisioning, LogTable::Delivery], vec![]] {
        lost.iter().for_each(|table| std::fs::remove_file(newest_commit(&store, *table)).unwrap());
        std::fs::write(store.folder().join("pending.json"), note.to_string()).unwrap();
        import(&store, std::slice::from_ref(&logs));
        assert!(!store.folder().join("pending.json").exists());
        assert_same(&store, std::slice::from_ref(&logs));
    }
}

#[test]
fn a_note_that_is_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (store, logs) = imported(folder.path());
    for broken in ["", "{}", r#"{"sequence":9,"writes":[{"table":"Other"}]}"#] {
        std::fs::write(store.folder().join("pending.json"), broken).unwrap();
        let error =
            store.import(std::slice::from_ref(&logs), &ImportOptions::default(), &|_| {}).unwrap_err();
        assert!(error.to_string().contains("pending.json cannot be read"), "{error}");
    }
}
