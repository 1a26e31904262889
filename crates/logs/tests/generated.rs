//! Generated Parquet stays on disk on request, and gives the same rows when it is loaded.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use calypso_logs::generator::{AttrBag, Options, Packing, Profile, Shape, generate, write_run};
use calypso_logs::{OpenOptions, newest_time, open};

#[test]
fn generated_parquet_can_stay_on_disk() {
    let options = Options { days: Some(3), attr_bag: Some(AttrBag::Lean), ..Options::new(Profile::Small) };
    let folder = tempfile::tempdir().unwrap();
    write_run(&generate(&options), folder.path(), &[Shape::Parquet], Packing::Plain).unwrap();
    let paths = [folder.path().to_owned()];
    let loaded = open(&paths, &OpenOptions::default()).unwrap();
    let kept = open(&paths, &OpenOptions { keep_parquet: true, ..OpenOptions::default() }).unwrap();
    let table = kept.parquet.unwrap();
    assert_eq!(kept.summary.rows_read, loaded.summary.rows_read);
    assert_eq!(table.newest, newest_time(&loaded.tables[0]));
    let rows =
        |batches: &[arrow::record_batch::RecordBatch]| batches.iter().map(|b| b.num_rows()).sum::<usize>();
    assert_eq!(rows(&table.delivery().unwrap().batches), table.rows);
    assert_eq!(rows(&loaded.tables[0].batches), table.rows);
    let names: Vec<_> = kept.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["AuditLogs"]);
}
