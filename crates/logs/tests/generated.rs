//! Generated Parquet stays on disk on request, and gives the same rows when it is loaded.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use arrow::array::Array;
use arrow::compute::{concat_batches, sort_to_indices, take_record_batch};
use calypso_library::Table;
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
    let delivery = table.delivery().unwrap();
    // One is in the order of the file, the other in that of time.
    let whole = |table: &Table| {
        let rows = concat_batches(&table.batches[0].schema(), &table.batches).unwrap();
        let order = sort_to_indices(rows.column(0), None, None).unwrap();
        take_record_batch(&rows, &order).unwrap()
    };
    assert_eq!(whole(&delivery), whole(&loaded.tables[2]));
    assert_eq!(delivery.batches[0].column(1).null_count(), 0, "arrivals are told by the file of deliveries");
    assert_eq!(rows(&loaded.tables[0].batches), table.rows);
    let names: Vec<_> = kept.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["AuditLogs"]);
    assert_eq!(kept.summary.files, loaded.summary.files);
    // The file of deliveries is read only when they are asked for.
    let deliveries = folder.path().join("parquet/ProvisioningDelivery.parquet");
    std::fs::remove_file(&deliveries).unwrap();
    let reason = table.delivery().unwrap_err().to_string();
    assert!(reason.contains("ProvisioningDelivery.parquet"), "{reason}");
}
