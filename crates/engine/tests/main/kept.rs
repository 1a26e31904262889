//! Columns that are kept in memory between queries: every answer is that of a query asked for the first time.

use crate::build::shown;
use arrow::array::{ArrayRef, Int64Array, StringArray, TimestampMicrosecondArray};
use arrow::record_batch::RecordBatch;
use calypso_engine::{Engine, EngineOptions, Optimization, Optimizations};
use calypso_library::{Column, Type};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// 2026-01-01 in microseconds since 1970.
const START: i64 = 1_767_225_600_000_000;
const SECOND: i64 = 1_000_000;

/// Files that are gone when the test is over.
struct Files(Vec<PathBuf>);

impl Drop for Files {
    fn drop(&mut self) {
        for path in &self.0 {
            // A test may have removed it.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Two files: row groups of more chunks than are read at once, texts of few, of many and of only distinct values, some
/// null, pages of 300 rows, and a column that the second file lacks.
fn files(name: &str) -> Files {
    Files(vec![file(name, 0, 45_000, true), file(name, 45_000, 9_000, false)])
}

fn file(name: &str, first: i64, rows: i64, with_note: bool) -> PathBuf {
    let path =
        std::env::temp_dir().join(format!("calypso-{}-kept-{name}-{first}.parquet", std::process::id()));
    let numbers = || first..first + rows;
    let times = numbers().map(|n| (n % 4096 != 7).then_some(START + n * SECOND));
    let wide = numbers()
        .map(|n| (n % 1000 != 3).then(|| format!("{{\"n\":{n},\"text\":\"{}\"}}", "wide ".repeat(30))));
    let systems =
        numbers().map(|n| (n % 11 > 0).then(|| format!("{{\"Name\":\"system number {}\"}}", n % 5)));
    let many = numbers().map(|n| format!("one of many values: {}", n % 700));
    let mut columns: Vec<(&str, ArrayRef)> = vec![
        ("TimeGenerated", Arc::new(times.collect::<TimestampMicrosecondArray>().with_timezone("UTC"))),
        ("n", Arc::new(Int64Array::from_iter_values(numbers()))),
        ("System", Arc::new(systems.collect::<StringArray>())),
        ("Many", Arc::new(StringArray::from_iter_values(many))),
        ("Wide", Arc::new(wide.collect::<StringArray>())),
    ];
    if with_note {
        let notes = numbers().map(|n| (n % 3 > 0).then(|| "n".repeat(n as usize % 3)));
        columns.push(("Note", Arc::new(notes.collect::<StringArray>())));
    }
    let batch = RecordBatch::try_from_iter(columns).expect("a batch");
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(30_000))
        .set_data_page_row_count_limit(300)
        .set_write_batch_size(100)
        .build();
    let file = File::create(&path).expect("a file");
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).expect("a writer");
    writer.write(&batch).expect("rows");
    writer.close().expect("a footer");
    path
}

fn engine(files: &Files, optimizations: Optimizations, memory_limit: Option<usize>) -> Engine {
    let options =
        EngineOptions { target_partitions: Some(2), optimizations, memory_limit, ..EngineOptions::default() };
    let engine = Engine::new(options).expect("an engine");
    let text = |name| Column::new(name, Type::String);
    let columns = vec![
        Column::new("TimeGenerated", Type::DateTime),
        Column::new("n", Type::Long),
        text("System"),
        text("Many"),
        text("Wide"),
        text("Note"),
    ];
    engine.register_parquet("T", columns, files.0.clone());
    engine
}

/// Conditions on columns of every kind, and on several together.
const CONDITIONS: &[&str] = &[
    "true",
    "n % 977 == 5",
    "System has 'number 3'",
    "tostring(parse_json(System).Name) == 'system number 1' and n > 20000",
    "isempty(System) and Wide has 'text'",
    "Many endswith ' 13'",
    "Many in ('one of many values: 1', 'one of many values: 699') and Note == 'n'",
    "Note == '' and n >= 44000",
    "Wide has '29999' or Wide has '30000' or Wide has '53999'",
    "Many has '77' and Wide contains 'WIDE' and TimeGenerated > datetime(2026-01-01 03:00)",
    "TimeGenerated between (datetime(2026-01-01 11:00) .. 2h) and System !has '2'",
    "isnull(TimeGenerated)",
    "n == 12345",
    "Many == 'none such'",
];

/// What is made of the rows.
const SHAPES: &[&str] = &[
    "count",
    "summarize count(), sum(n), min(TimeGenerated), max(TimeGenerated) by Name = tostring(parse_json(System).Name), Note | sort by Name asc, Note asc",
    "summarize count_distinct(Many), countif(isempty(Wide)), sum(strlen(Wide)), max(strcat(Many, System))",
    "sort by TimeGenerated desc, n desc | take 7 | project n, System, Many, Wide, Note",
    "top 5 by n asc | project-away Many",
    "where n % 7 == 0 | extend Number = tolong(parse_json(Wide).n) | summarize sum(Number), take_any(1)",
    "project Length = strlen(Many), Upper = toupper(Many), n | summarize sum(Length), count_distinct(Upper), max(n)",
];

#[test]
fn answers_are_the_same_at_each_asking() {
    let files = files("same");
    let first = engine(&files, Optimizations::none(), None);
    let again = engine(&files, Optimizations::default(), None);
    let little = engine(&files, Optimizations::default(), Some(24 << 20));
    for condition in CONDITIONS {
        for shape in SHAPES {
            let query = format!("T | where {condition} | {shape}");
            let run = |engine: &Engine| shown(&engine.run(&query).expect(&query)[0]);
            let expected = run(&first);
            for engine in [&again, &again, &little] {
                assert_eq!(run(engine), expected, "{query}");
            }
        }
    }
}

/// How often a scan says that it did something with a part of a column.
fn told(engine: &Engine, query: &str) -> [usize; 3] {
    let told = engine.explain(query).expect(query).remove(0);
    ["loaded", "kept", "fetched"].map(|what| {
        let after = told.split(&format!("column_chunks_{what}=")).nth(1);
        let number = after.and_then(|after| after.split([',', ']']).next());
        number.map_or(0, |number| number.parse().expect("a number"))
    })
}

#[test]
fn columns_are_kept_when_they_are_read_again() {
    let files = files("again");
    let engine = engine(&files, Optimizations::default(), None);
    let query = "T | where Many contains '13' | summarize sum(n)";
    assert_eq!(told(&engine, query), [0, 0, 0], "asked for the first time");
    // Two row groups and a third in the other file, two columns.
    assert_eq!(told(&engine, query), [6, 0, 0]);
    assert_eq!(told(&engine, query), [0, 6, 0]);
    assert_eq!(told(&engine, "T | where Many contains '13' and n > 5 | count"), [0, 6, 0]);
    let off = Optimizations::default().without(Optimization::KeptColumns);
    let off = self::engine(&files, off, None);
    assert_eq!(told(&off, query), told(&off, query));
}

#[test]
fn few_rows_of_wide_columns_are_fetched() {
    let files = files("few");
    let engine = engine(&files, Optimizations::default(), None);
    let query = "T | where n in (17, 30017, 53000) | project Wide | sort by Wide asc";
    let first = shown(&engine.run(query).expect(query)[0]);
    let [_, _, fetched] = told(&engine, query);
    assert_eq!(fetched, 3);
    assert_eq!(shown(&engine.run(query).expect(query)[0]), first);
    // Asked for often enough, it is kept.
    let kept = (0..300).any(|_| told(&engine, query) == [0, 6, 0]);
    assert!(kept);
    assert_eq!(shown(&engine.run(query).expect(query)[0]), first);
}

fn replace(path: &Path, with: &Path) {
    std::fs::copy(with, path).expect("its own file");
}

#[test]
fn a_file_that_changes_is_told() {
    let files = files("changed");
    let engine = engine(&files, Optimizations::default(), None);
    let query = "T | where Many contains '13' | summarize sum(n)";
    for _ in 0..3 {
        told(&engine, query);
    }
    replace(&files.0[1], &files.0[0]);
    let error = engine.run(query).expect_err("another file").to_string();
    assert!(error.contains("was changed since it was first read"), "{error}");
}
