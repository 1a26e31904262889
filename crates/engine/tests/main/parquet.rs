//! Tables in Parquet files.

use crate::build::*;
use arrow::array::{
    ArrayRef, Int64Array, StringArray, TimestampMicrosecondArray, TimestampNanosecondArray,
    TimestampSecondArray,
};
use arrow::record_batch::RecordBatch;
use calypso_library::{Column, Type};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

/// 2026-01-01 in microseconds since 1970.
const START: i64 = 1_767_225_600_000_000;
const HOUR: i64 = 3_600_000_000;

/// A file of so many hours, ten rows to a row group.
fn file(name: &str, first: i64, hours: i64, with_text: bool) -> PathBuf {
    let path = std::env::temp_dir().join(format!("calypso-{}-{name}.parquet", std::process::id()));
    let times = (first..first + hours).map(|hour| START + hour * HOUR);
    let times: ArrayRef = Arc::new(TimestampMicrosecondArray::from_iter_values(times).with_timezone("UTC"));
    let numbers: ArrayRef = Arc::new(Int64Array::from_iter_values(first..first + hours));
    let mut columns = vec![("TimeGenerated", times), ("n", numbers)];
    if with_text {
        let texts = (0..hours).map(|hour| (hour % 2 == 0).then_some("even"));
        columns.push(("text", Arc::new(texts.collect::<StringArray>())));
    }
    let batch = RecordBatch::try_from_iter(columns).expect("a batch");
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(10)).build();
    let writer = File::create(&path).expect("a file");
    let mut writer = ArrowWriter::try_new(writer, batch.schema(), Some(properties)).expect("a writer");
    writer.write(&batch).expect("rows");
    writer.close().expect("a footer");
    path
}

#[test]
fn files_are_a_table() {
    let engine = engine();
    let columns = vec![
        Column::new("TimeGenerated", Type::DateTime),
        Column::new("n", Type::Long),
        Column::new("text", Type::String),
        Column::new("absent", Type::String),
    ];
    let paths = vec![file("a", 0, 48, true), file("b", 48, 2, false)];
    engine.register_parquet("T", columns.clone(), paths.clone());
    let run = |text: &str| shown(&engine.run(text).expect(text)[0]);
    assert_eq!(run("T | count"), "50");
    assert_eq!(
        run("T | where n in (0, 1, 48) | project TimeGenerated, n, text, absent | sort by n asc"),
        "2026-01-01T00:00:00.0000000Z,0,even,;2026-01-01T01:00:00.0000000Z,1,,;2026-01-03T00:00:00.0000000Z,48,,"
    );
    assert_eq!(run("T | where text == '' | count"), "26");
    let between = "TimeGenerated between (datetime(2026-01-01 05:00) .. datetime(2026-01-01 07:00))";
    assert_eq!(run(&format!("T | where {between} | summarize make_list(n)")), "[5,6,7]");
    assert_eq!(
        run("T | extend t = TimeGenerated | where t >= datetime(2026-01-03) and n > 48 | project n"),
        "49"
    );
    assert_eq!(run("T | where datetime(2026-01-01 01:00) > TimeGenerated | project n"), "0");
    assert_eq!(run("T | where TimeGenerated == datetime(2026-01-01 01:00) | project n"), "1");
    assert_eq!(run("T | take 1 | where TimeGenerated > datetime(2030-01-01) | count"), "0");
    assert_eq!(run("T | where TimeGenerated > datetime(9999-12-31) or n == 3 | project n"), "3");
    let asked_first = self::engine();
    asked_first.register_parquet("T", columns, paths.clone());
    let told = asked_first.explain(&format!("T | where {between} | project n")).expect("a plan").remove(0);
    let pruned = told.split("row_groups_pruned_statistics=").nth(1).unwrap_or(&told);
    // The second file is not even opened.
    assert!(pruned.starts_with("5 total → 1 matched"), "{told}");
    for path in paths {
        std::fs::remove_file(path).expect("its own file");
    }
}

#[test]
fn the_newest_of_other_units() {
    let path = std::env::temp_dir().join(format!("calypso-{}-units.parquet", std::process::id()));
    // Two of the same ticks, one a tick later.
    let nano: ArrayRef = Arc::new(TimestampNanosecondArray::from(vec![199, 150, 200, -1]));
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![1, 2, 3, 4]));
    let seconds: ArrayRef = Arc::new(TimestampSecondArray::from(vec![Some(7), None, Some(9), Some(-9)]));
    for (time, newest, oldest) in [(&nano, "3;1;2;4", "4;1;2;3"), (&seconds, "3;1;4;2", "2;4;1;3")] {
        let columns = [("TimeGenerated", Arc::clone(time)), ("n", Arc::clone(&numbers))];
        let batch = RecordBatch::try_from_iter(columns).expect("a batch");
        let mut writer = ArrowWriter::try_new(File::create(&path).expect("a file"), batch.schema(), None)
            .expect("a writer");
        writer.write(&batch).expect("rows");
        writer.close().expect("a footer");
        let engine = engine();
        let columns = vec![Column::new("TimeGenerated", Type::DateTime), Column::new("n", Type::Long)];
        engine.register_parquet("T", columns, vec![path.clone()]);
        let run = |text: &str| shown(&engine.run(text).expect(text)[0]);
        assert_eq!(run("T | sort by TimeGenerated desc, n asc | take 4 | project n"), newest);
        assert_eq!(run("T | sort by TimeGenerated asc, n asc | take 4 | project n"), oldest);
        assert_eq!(run("T | top 1 by TimeGenerated | project n"), "3");
        assert_eq!(run("T | top 1 by TimeGenerated asc nulls last | project n"), "4");
    }
    std::fs::remove_file(path).expect("its own file");
}

#[test]
fn a_missing_file_is_named() {
    let engine = engine();
    engine.register_parquet("T", vec![Column::new("n", Type::Long)], vec![PathBuf::from("/nowhere.parquet")]);
    let error = engine.run("T | count").expect_err("no file").to_string();
    assert!(error.contains("/nowhere.parquet"), "{error}");
}
