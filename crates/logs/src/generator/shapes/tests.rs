//! Files are the same every time, read back as what was generated, and are marked when damaged on purpose.

use super::super::{AttrBag, Options, Profile, Run, generate};
use super::*;
use std::fs;

/// Six days that hold every kind of row but those of the later story.
fn run() -> Run {
    generate(&Options { days: Some(6), attr_bag: Some(AttrBag::Lean), ..Options::new(Profile::Small) })
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

#[test]
fn blobs_read_back_as_the_same_rows() {
    let run = run();
    let folder = tempfile::tempdir().unwrap();
    write_run(&run, folder.path(), &[Shape::Blob], Packing::Plain).unwrap();
    let options = crate::OpenOptions { workspace_id: run.world.workspace.clone(), ..Default::default() };
    let opened = crate::open(&[folder.path().join("blob")], &options).unwrap();
    let made = super::super::tables(&run.options);
    let rows = |tables: &[calypso_library::Table]| {
        let mut rows = Vec::new();
        for batch in &tables[0].batches {
            for place in 0..batch.num_rows() {
                let cells: Vec<String> = batch
                    .columns()
                    .iter()
                    .map(|column| arrow::util::display::array_value_to_string(column, place).unwrap())
                    .collect();
                rows.push(cells);
            }
        }
        rows.sort();
        rows
    };
    let (one, two) = (rows(&made), rows(&opened.tables));
    assert_eq!(one.len(), two.len());
    for (a, b) in one.iter().zip(&two) {
        assert_eq!(a, b);
    }
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
