//! Files are the same every time, read back as what was generated, and are marked when damaged on purpose.

use super::super::{AttrBag, Options, Profile, Run, generate};
use super::*;
use std::fs;

/// Four days that hold every kind of row but those of the later story.
fn run() -> Run {
    generate(&Options { days: Some(4), attr_bag: Some(AttrBag::Lean), ..Options::new(Profile::Small) })
}

#[test]
fn every_shape_is_written_in_every_packing() {
    let run = run();
    let few = [Shape::QueryApi, Shape::Parquet, Shape::Arrow];
    for (packing, shapes) in [(Packing::Plain, &Shape::ALL[..]), (Packing::Gzip, &few), (Packing::Zstd, &few)]
    {
        let folder = tempfile::tempdir().unwrap();
        let files = write_run(&run, folder.path(), shapes, packing).unwrap();
        for shape in shapes {
            assert!(
                files.iter().any(|file| file.path.starts_with(&format!("{}/", shape.name()))),
                "{shape:?}"
            );
        }
        for file in &files {
            let bytes = fs::read(folder.path().join(&file.path)).unwrap();
            assert_eq!(bytes.len() as u64, file.bytes);
        }
        let manifest: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.path().join("manifest.json")).unwrap()).unwrap();
        assert_eq!(manifest["files"].as_array().unwrap().len(), files.len() - 1);
        assert_eq!(manifest["hr"]["missing"].as_array().unwrap().len(), 5);
        assert_eq!(manifest["hr"]["left_but_enabled"].as_array().unwrap().len(), 7);
        let blobs = files.iter().filter(|file| file.path.starts_with("blob/insights-logs-prov"));
        let delivered: u64 = blobs.map(|file| file.rows).sum();
        let expected = manifest["totals"]["records_delivered"].as_u64().unwrap();
        assert_eq!(delivered, if shapes.contains(&Shape::Blob) { expected } else { 0 });
    }
}

#[test]
fn nothing_is_left_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("arrival.jsonl");
    fs::create_dir(&blocked).unwrap();
    assert!(write_run(&run(), folder.path(), &[], Packing::Plain).is_err());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["arrival.jsonl"]);
}

/// What a shape can still tell.
#[derive(Clone, Copy, PartialEq)]
enum Fidelity {
    /// All 28 columns.
    Full,
    /// All, but the keys of JSON texts in another order.
    Reordered,
    /// All, but times to the millisecond only.
    Milliseconds,
    /// The portal's 17 columns.
    Columns,
}

/// The columns that the portal's CSV keeps as they are.
const PORTAL: [&str; 8] =
    ["Id", "JobId", "CycleId", "ChangeId", "Action", "ResultType", "ResultSignature", "ResultDescription"];

/// The rows of a main table as comparable texts, ordered by id.
fn rows(tables: &[calypso_library::Table], fidelity: Fidelity) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let columns = &tables[0].columns;
    for batch in &tables[0].batches {
        for place in 0..batch.num_rows() {
            let cell = |(number, column): (usize, &calypso_library::Column)| {
                let text = arrow::util::display::array_value_to_string(batch.column(number), place).unwrap();
                match (fidelity, column.name.as_str()) {
                    (Fidelity::Columns, "TimeGenerated") => Some(text),
                    (Fidelity::Columns, name) if !PORTAL.contains(&name) => None,
                    (Fidelity::Milliseconds, "TimeGenerated") => Some(text[..text.len() - 4].to_owned()),
                    // Graph's reader takes steps that are null for steps that are not told.
                    (Fidelity::Reordered, "ProvisioningSteps") if text.is_empty() => Some("[]".to_owned()),
                    (Fidelity::Reordered, _) if text.starts_with(['{', '[']) => Some(ordered(&text)),
                    _ => Some(text),
                }
            };
            rows.push(columns.iter().enumerate().filter_map(cell).collect());
        }
    }
    rows.sort();
    rows
}

/// A JSON text with its keys in order.
fn ordered(text: &str) -> String {
    fn sort(value: serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Object(members) => {
                let mut members: Vec<_> =
                    members.into_iter().map(|(key, value)| (key, sort(value))).collect();
                members.sort_by(|a, b| a.0.cmp(&b.0));
                serde_json::Value::Object(members.into_iter().collect())
            }
            serde_json::Value::Array(items) => items.into_iter().map(sort).collect(),
            other => other,
        }
    }
    sort(serde_json::from_str(text).unwrap()).to_string()
}

#[test]
fn every_shape_reads_back_as_the_same_rows() {
    let run = run();
    let made = super::super::tables(&run.options);
    let folder = tempfile::tempdir().unwrap();
    write_run(&run, folder.path(), &Shape::ALL, Packing::Plain).unwrap();
    let options = crate::OpenOptions {
        workspace_id: run.world.workspace.clone(),
        tenant_id: run.world.tenant.clone(),
        ..Default::default()
    };
    for (path, fidelity) in [
        ("blob", Fidelity::Full),
        ("eventhub", Fidelity::Full),
        ("query", Fidelity::Full),
        ("az", Fidelity::Full),
        ("parquet/AADProvisioningLogs.parquet", Fidelity::Full),
        ("arrow/AADProvisioningLogs.arrow", Fidelity::Full),
        ("graph", Fidelity::Reordered),
        ("portal/ProvisioningLogs.json", Fidelity::Reordered),
        ("la", Fidelity::Milliseconds),
        ("portal/ProvisioningLogs.csv", Fidelity::Columns),
    ] {
        let opened = crate::open(&[folder.path().join(path)], &options).unwrap();
        let (one, two) = (rows(&made, fidelity), rows(&opened.tables, fidelity));
        assert_eq!(one.len(), two.len(), "{path}");
        for (a, b) in one.iter().zip(&two) {
            assert_eq!(a, b, "{path}");
        }
    }
}

#[test]
fn deliveries_read_back_with_their_arrivals_and_copies() {
    let run = run();
    let folder = tempfile::tempdir().unwrap();
    write_run(&run, folder.path(), &[Shape::Blob], Packing::Gzip).unwrap();
    let opened = crate::open(&[folder.path().to_owned()], &crate::OpenOptions::default()).unwrap();
    let read = |table: &calypso_library::Table| {
        let mut rows = Vec::new();
        for batch in &table.batches {
            for place in 0..batch.num_rows() {
                // Id, ArrivalTime, EnvelopeTime, Copies; the file's name depends on where the folder lies.
                let cell =
                    |number: usize| arrow::util::display::array_value_to_string(batch.column(number), place);
                rows.push([0, 1, 2, 4].map(|number| cell(number).unwrap()));
            }
        }
        rows.sort();
        rows
    };
    let (one, two) = (read(&super::super::delivery_table(&run)), read(&opened.tables[2]));
    assert_eq!(one.len(), two.len());
    for (a, b) in one.iter().zip(&two) {
        assert_eq!(a, b);
    }
    let audit: usize = opened.tables[1].batches.iter().map(|batch| batch.num_rows()).sum();
    assert_eq!(audit, run.audit.len());
}

#[test]
fn damage_is_done_only_on_request() {
    let options = Options { dirty: true, truncate_last: true, ..run().options };
    let run = generate(&options);
    let folder = tempfile::tempdir().unwrap();
    let files = write_run(&run, folder.path(), &[Shape::Blob], Packing::Plain).unwrap();
    let mut blobs: Vec<_> = files
        .iter()
        .filter(|file| file.path.starts_with("blob/insights-logs-prov"))
        .map(|file| &file.path)
        .collect();
    blobs.sort();
    let texts: Vec<String> =
        blobs.iter().map(|path| fs::read_to_string(folder.path().join(path)).unwrap()).collect();
    let lines: Vec<&str> =
        texts.iter().flat_map(|text| text.split("\r\n")).filter(|line| !line.is_empty()).collect();
    let broken = lines.iter().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_err()).count();
    assert_eq!(broken, 2, "the corrupt line and the cut one");
    assert!(lines.iter().any(|line| line.contains("\"category\":\"AuditLogs\"")));
    assert!(lines.iter().any(|line| line.contains("\"extension\":")));
    assert!(!texts.last().unwrap().ends_with('\n'));
}

/// SHA-256 in hex.
fn hex(digest: sha2::Sha256) -> String {
    use sha2::Digest;
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The small profile, lean: its blobs and the cells of its tables are the same bytes on every machine. A change of
/// these digests is a change of everybody's demo logs, and of every number written down from them.
#[test]
fn the_small_profile_never_changes() {
    use sha2::Digest;
    let options = Options { attr_bag: Some(AttrBag::Lean), ..Options::new(Profile::Small) };
    let run = generate(&options);
    let folder = tempfile::tempdir().unwrap();
    let files = write_run(&run, folder.path(), &[Shape::Blob], Packing::Plain).unwrap();
    let mut blobs = sha2::Sha256::new();
    for file in files.iter().filter(|file| file.path.starts_with("blob/")) {
        blobs.update(format!("{} {}\n", file.sha256, file.path));
    }
    let mut cells = sha2::Sha256::new();
    for table in super::super::tables(&options) {
        for batch in &table.batches {
            for column in batch.columns() {
                for place in 0..batch.num_rows() {
                    cells.update(arrow::util::display::array_value_to_string(column, place).unwrap());
                    cells.update(b"\n");
                }
            }
        }
    }
    let full = generate(&Options { days: Some(1), ..Options::new(Profile::Small) });
    let texts = full.texts();
    let mut bags = sha2::Sha256::new();
    for event in full.events.iter().take(200) {
        let mut text = String::new();
        texts.push_steps(&mut text, event, false);
        texts.push_modified(&mut text, event);
        bags.update(text);
    }
    assert_eq!(
        [hex(blobs), hex(cells), hex(bags)],
        [
            "cf5d12732c434a814d9d169b3b83c2250bcc8cbea1543b67d970ffb942f9046a",
            "1803c1e8ae2077b5616de5d022a35df631c297f6a0a0b6c6eae64b054bd88227",
            "5cfc8a9135526f8225b5eb87adb22809d1b6fb835abd640099dd3cdfb935972d",
        ]
    );
}

/// More rows than one stretch of text and one hour have.
#[test]
fn drawn_events_are_written_as_held_ones() {
    let options = Options { rows: 2_500, days: Some(2), dirty: true, ..Options::new(Profile::Bench) };
    let write = |run: &Run| {
        let folder = tempfile::tempdir().unwrap();
        write_run(run, folder.path(), &Shape::ALL, Packing::Plain).unwrap()
    };
    let (held, drawn) = (generate(&options), super::super::drawn(&options));
    assert!(drawn.events.is_empty());
    assert_eq!(held.events.len(), 2_500);
    assert_eq!(write(&drawn), write(&held));
}
