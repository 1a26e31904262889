//! Any way of importing the same files gives the same tables.

use arrow::array::AsArray;
use arrow::datatypes::{DataType, Int64Type};
use arrow::record_batch::RecordBatch;
use calypso_library::stored::TICK_SUFFIX;
use calypso_library::{Table, Type, Value};
use calypso_logs::OpenOptions;
use calypso_logs::generator::{AttrBag, Options, Packing, Profile, Shape, generate, write_run};
use calypso_store::{ImportOptions, LogTable, Store};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::prelude::*;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

/// All rows of a table of the store as text, in order.
pub fn stored(store: &Store, table: LogTable) -> Vec<String> {
    let mut rows = Vec::new();
    for file in store.files(table).unwrap() {
        let reader =
            ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(&file.path).unwrap()).unwrap();
        let before = rows.len();
        for batch in reader.build().unwrap() {
            texts(table, &batch.unwrap(), &mut rows);
        }
        assert_eq!((rows.len() - before) as u64, file.rows);
    }
    rows.sort();
    rows
}

fn texts(table: LogTable, batch: &RecordBatch, rows: &mut Vec<String>) {
    for row in 0..batch.num_rows() {
        let mut cells = Vec::new();
        for column in table.columns() {
            let array = batch.column_by_name(&column.name).unwrap();
            let array = match column.ty {
                Type::DateTime => {
                    let micros = arrow::compute::cast(array, &DataType::Int64).unwrap();
                    let digit = batch.column_by_name(&(column.name.clone() + TICK_SUFFIX)).unwrap();
                    let digit = arrow::compute::cast(digit, &DataType::Int64).unwrap();
                    let (micros, digit) =
                        (micros.as_primitive::<Int64Type>(), digit.as_primitive::<Int64Type>());
                    let ticks = micros.iter().zip(digit).map(|(micros, digit)| {
                        Some(micros? * 10 + digit? + calypso_logs::times::UNIX_EPOCH_TICKS)
                    });
                    std::sync::Arc::new(ticks.collect::<arrow::array::Int64Array>())
                }
                ty => arrow::compute::cast(array, &ty.arrow()).unwrap(),
            };
            cells.push(format!("{:?}", Value::from_array(column.ty, &array, row)));
        }
        rows.push(cells.join("|"));
    }
}

/// All rows of a table in memory as text, in order.
pub fn opened(tables: &[Table], table: LogTable) -> Vec<String> {
    let found = tables.iter().find(|found| found.name == table.name()).unwrap();
    let mut rows = Vec::new();
    for batch in &found.batches {
        for row in 0..batch.num_rows() {
            let cells = table.columns().into_iter().enumerate().map(|(place, column)| {
                format!("{:?}", Value::from_array(column.ty, batch.column(place), row))
            });
            rows.push(cells.collect::<Vec<_>>().join("|"));
        }
    }
    rows.sort();
    rows
}

/// Writes demo logs in some shapes and gives the folder.
pub fn generated(folder: &Path, shapes: &[Shape]) -> PathBuf {
    let options = Options { attr_bag: Some(AttrBag::Lean), days: Some(3), ..Options::new(Profile::Small) };
    let logs = folder.join("logs");
    write_run(&generate(&options), &logs, shapes, Packing::Plain).unwrap();
    logs
}

/// Imports with little memory, so that it writes often, and gives the rows that were new.
pub fn import(store: &Store, paths: &[PathBuf]) -> u64 {
    let options = ImportOptions { memory: Some(2), ..ImportOptions::default() };
    let imported = store.import(paths, &options, &|_| {}).unwrap();
    assert_eq!(imported.refused, Vec::<String>::new());
    imported.rows
}

/// That the store holds what opening the paths gives.
pub fn assert_same(store: &Store, paths: &[PathBuf]) {
    let memory = calypso_logs::open(paths, &OpenOptions::default()).unwrap();
    for table in LogTable::ALL {
        let (stored, opened) = (stored(store, table), opened(&memory.tables, table));
        assert_eq!(stored.len(), opened.len(), "{table:?}");
        for (stored, opened) in stored.iter().zip(&opened) {
            assert_eq!(stored, opened, "{table:?}");
        }
    }
}

/// Lines of a blob of each table, some of them delivered twice.
fn lines() -> &'static (Vec<String>, Vec<String>) {
    static LINES: OnceLock<(Vec<String>, Vec<String>)> = OnceLock::new();
    LINES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let logs = generated(folder.path(), &[Shape::Blob]).join("blob");
        let of = |name: &str, limit: usize| {
            let mut lines = Vec::new();
            let mut waiting = vec![logs.join(name)];
            while let Some(path) = waiting.pop() {
                if path.is_dir() {
                    waiting.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
                } else {
                    lines.extend(std::fs::read_to_string(path).unwrap().lines().map(str::to_owned));
                }
            }
            lines.sort();
            lines.truncate(limit);
            lines
        };
        (of("insights-logs-provisioninglogs", 300), of("insights-logs-auditlogs", 20))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    /// Files may come in any number of imports, may grow between them, and hold any event any number of times.
    #[test]
    fn any_split_gives_the_same_tables(
        files in proptest::collection::vec(proptest::collection::vec(any::<(bool, prop::sample::Index)>(), 0..12), 1..5),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..3),
        again in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let logs = folder.path().join("logs");
        std::fs::create_dir(&logs).unwrap();
        let store = Store::at(&folder.path().join("store"));
        let (provisioning, audit) = lines();
        let mut rows = Vec::new();
        for (number, picked) in files.iter().enumerate() {
            let path = logs.join(format!("{number}.json"));
            for (is_audit, index) in picked {
                let from = if *is_audit { audit } else { provisioning };
                rows.push((path.clone(), index.get(from).clone()));
            }
        }
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(rows.len() + 1)).collect();
        cuts.push(rows.len());
        cuts.sort();
        let mut begin = 0;
        for cut in cuts {
            for (path, line) in &rows[begin..cut] {
                let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
                writeln!(file, "{line}").unwrap();
            }
            begin = cut;
            import(&store, std::slice::from_ref(&logs));
        }
        if again {
            prop_assert_eq!(import(&store, std::slice::from_ref(&logs)), 0);
        }
        assert_same(&store, &[logs]);
    }
}

#[test]
fn the_store_holds_what_memory_holds() {
    let folder = tempfile::tempdir().unwrap();
    let logs = generated(folder.path(), &[Shape::Blob]).join("blob");
    let store = Store::at(&folder.path().join("store"));
    import(&store, std::slice::from_ref(&logs));
    let before = store.fingerprint();
    assert_same(&store, std::slice::from_ref(&logs));
    assert_eq!(import(&store, std::slice::from_ref(&logs)), 0);
    assert_eq!(store.fingerprint(), before);
    let newest = calypso_logs::open(std::slice::from_ref(&logs), &OpenOptions::default()).unwrap();
    let newest = newest.tables.iter().filter_map(calypso_logs::newest_time).max();
    assert_eq!(store.newest().unwrap(), newest);
}

#[test]
fn other_shapes_of_the_same_events_add_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let logs = generated(folder.path(), &[Shape::Blob, Shape::Graph]);
    let store = Store::at(&folder.path().join("store"));
    assert!(import(&store, &[logs.join("blob/insights-logs-provisioninglogs")]) > 0);
    let rows = stored(&store, LogTable::Provisioning);
    assert_eq!(import(&store, &[logs.join("graph")]), 0);
    assert_eq!(stored(&store, LogTable::Provisioning), rows);
    assert_eq!(stored(&store, LogTable::Delivery).len(), rows.len());
}

#[test]
fn compacting_and_clearing_keep_every_row() {
    let folder = tempfile::tempdir().unwrap();
    let logs = generated(folder.path(), &[Shape::Blob]).join("blob");
    let store = Store::at(&folder.path().join("store"));
    let paths: Vec<PathBuf> =
        ["insights-logs-provisioninglogs", "insights-logs-auditlogs"].map(|name| logs.join(name)).into();
    for path in &paths {
        import(&store, std::slice::from_ref(path));
    }
    let files = |store: &Store| LogTable::ALL.map(|table| store.files(table).unwrap());
    let before = files(&store);
    let done = store.compact(&|| {}).unwrap();
    assert!(done.before > done.after);
    assert_same(&store, &paths);
    assert!(before.iter().flatten().all(|file| file.path.is_file()), "readers of before can go on");
    assert_eq!(store.vacuum(Duration::from_secs(3600), &|| {}).unwrap(), 0);
    assert!(store.vacuum(Duration::ZERO, &|| {}).unwrap() >= done.before);
    assert_eq!(store.vacuum(Duration::ZERO, &|| {}).unwrap(), 0);
    assert_same(&store, &paths);
    let days = store.info().unwrap().tables[0].days;
    assert_eq!(store.files(LogTable::Provisioning).unwrap().len() as u64, days);
    assert_eq!(store.compact(&|| {}).unwrap().before, 0);
}
