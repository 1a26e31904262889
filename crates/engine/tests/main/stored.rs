//! Tables in files as the store writes them: a file per day, sorted by time, ticks in a column of their own, texts never
//! null. Every answer is the same with each optimization on and off, and the counts of the scan tell that each works.

use crate::build::shown;
use arrow::array::{ArrayRef, Int8Array, Int64Array, StringArray, TimestampMicrosecondArray};
use arrow::datatypes::{DataType, Field, Schema, TimeUnit};
use arrow::record_batch::RecordBatch;
use calypso_engine::{Engine, EngineOptions, Optimization, Optimizations, TableFile};
use calypso_library::{Column, Type};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::WriterProperties;
use datafusion::parquet::schema::types::ColumnPath;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

/// 2026-01-01 in microseconds since 1970, and in ticks.
const START: i64 = 1_767_225_600_000_000;
const START_TICKS: i64 = START * 10 + 621_355_968_000_000_000;
const DAY: i64 = 86_400_000_000;

/// Rows of a day; more than one core is used for three days.
const ROWS: i64 = 12_000;

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("calypso-stored-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("its own folder");
    }
}

/// Rows of a file: microseconds with digits, of which 0 is left out, and the text of each.
type Rows = Vec<(Option<i64>, i8, String)>;

/// A day: the last row has the time of the first of the next day.
fn day(day: i64) -> Rows {
    let row = |row: i64| {
        let at = START + day * DAY + row * (DAY / (ROWS - 1)).min(DAY);
        let at = if row == ROWS - 1 { START + (day + 1) * DAY } else { at };
        let digit = if row == 0 || row == ROWS - 1 { 5 } else { (row % 10) as i8 };
        (Some(at), digit, format!("job {} of {day}", row / 1000))
    };
    (0..ROWS).map(row).collect()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("TimeGenerated", Type::DateTime),
        Column::new("n", Type::Long),
        Column::new("JobId", Type::String),
        Column::new("Note", Type::String),
        Column::new("Steps", Type::String),
    ]
}

fn write(folder: &Folder, name: &str, rows: &Rows, first: i64) -> TableFile {
    let path = folder.0.join(name);
    let zone = DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
    let schema = Arc::new(Schema::new(vec![
        Field::new("TimeGenerated", zone, true),
        Field::new("TimeGenerated_tick", DataType::Int8, true),
        Field::new("n", DataType::Int64, false),
        Field::new("JobId", DataType::Utf8, false),
        Field::new("Note", DataType::Utf8, true),
        Field::new("Steps", DataType::Utf8, false),
    ]));
    let times = rows.iter().map(|row| row.0).collect::<TimestampMicrosecondArray>().with_timezone("UTC");
    let numbers = first..first + rows.len() as i64;
    let notes = numbers
        .clone()
        .map(|n| (n % 3 > 0).then(|| if n % 3 == 1 { String::new() } else { format!("note {}", n / 3000) }));
    let steps = numbers.clone().map(|n| format!("[{{\"step\":{n},\"text\":\"{}\"}}]", "long ".repeat(20)));
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(times),
        Arc::new(rows.iter().map(|row| (row.1 > 0).then_some(row.1)).collect::<Int8Array>()),
        Arc::new(Int64Array::from_iter_values(numbers)),
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| &row.2))),
        Arc::new(notes.collect::<StringArray>()),
        Arc::new(StringArray::from_iter_values(steps)),
    ];
    let batch = RecordBatch::try_new(schema, arrays).expect("rows");
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(2000))
        .set_column_bloom_filter_enabled(ColumnPath::from("JobId"), true)
        .build();
    let mut writer =
        ArrowWriter::try_new(File::create(&path).expect("a file"), batch.schema(), Some(properties))
            .expect("a writer");
    writer.write(&batch).expect("rows");
    writer.close().expect("a footer");
    let ticks = |row: &(Option<i64>, i8, String)| {
        row.0.map(|at| at * 10 + 621_355_968_000_000_000 + i64::from(row.1))
    };
    let all: Option<Vec<i64>> = rows.iter().map(ticks).collect();
    let times = all.and_then(|all| Some((*all.iter().min()?, *all.iter().max()?)));
    let bytes = std::fs::metadata(&path).expect("a file").len();
    TableFile { path, rows: Some(rows.len() as u64), bytes: Some(bytes), times }
}

/// Three days.
fn days(folder: &Folder) -> Vec<TableFile> {
    (0..3).map(|at| write(folder, &format!("{at}.parquet"), &day(at), at * ROWS)).collect()
}

fn engine(files: &[TableFile], optimizations: Optimizations) -> Engine {
    engine_of(2, files, optimizations)
}

fn engine_of(partitions: usize, files: &[TableFile], optimizations: Optimizations) -> Engine {
    let options =
        EngineOptions { target_partitions: Some(partitions), optimizations, ..EngineOptions::default() };
    let engine = Engine::new(options).expect("an engine");
    let files = files.to_vec();
    engine.register_files("T", columns(), Box::new(move || Ok(files.clone())));
    engine
}

fn engines(files: &[TableFile]) -> Vec<Engine> {
    let without = Optimization::ALL.iter().map(|one| Optimizations::default().without(*one));
    let all = [Optimizations::default(), Optimizations::none()].into_iter().chain(without);
    all.map(|optimizations| engine(files, optimizations)).collect()
}

/// The answer, the same from all engines.
fn asked(engines: &[Engine], query: &str) -> String {
    let answers = engines.iter().map(|engine| shown(&engine.run(query).expect(query)[0]));
    let answers = answers.collect::<Vec<_>>();
    for answer in &answers {
        assert_eq!(answer, &answers[0], "{query}");
    }
    answers[0].clone()
}

/// What a scan counted: `row_groups_pruned_statistics` → "18 total → 1 matched".
fn told(engine: &Engine, query: &str, metric: &str) -> String {
    let told = engine.explain(query).expect(query).remove(0);
    let after = told.split(&format!("{metric}=")).nth(1).unwrap_or_else(|| panic!("no {metric}: {told}"));
    after.split([',', ']']).next().unwrap_or_default().to_owned()
}

/// All, of a query that is asked for the first time.
fn from_files() -> Optimizations {
    Optimizations::default().without(Optimization::KeptColumns)
}

/// The filter that runs in a scan.
fn predicate(engine: &Engine, query: &str) -> String {
    let told = engine.explain(query).expect(query).remove(0);
    told.split(" predicate=").nth(1).unwrap_or_default().to_owned()
}

#[test]
fn answers_are_the_same_with_and_without() {
    let folder = Folder::new("same");
    let engines = engines(&days(&folder));
    let border = "datetime(2026-01-02T00:00:00.0000005Z)";
    for (query, answer) in [
        ("T | count", "36000"),
        (
            "T | summarize count() by bin(TimeGenerated, 1d) | sort by TimeGenerated asc | project count_",
            "11999;12000;12000;1",
        ),
        (&format!("T | where TimeGenerated == {border} | summarize make_list(n)"), "[11999,12000]"),
        (&format!("T | where TimeGenerated < {border} | count"), "11999"),
        (&format!("T | where TimeGenerated <= {border} | count"), "12001"),
        (&format!("T | where TimeGenerated > {border} | count"), "23999"),
        (&format!("T | where TimeGenerated >= {border} | count"), "24001"),
        ("T | where TimeGenerated > datetime(2026-01-02T00:00:00.0000004Z) | count", "24001"),
        ("T | where TimeGenerated >= datetime(2026-01-02T00:00:00.0000006Z) | count", "23999"),
        ("T | where TimeGenerated < datetime(2026-01-02T00:00:00.0000006Z) | count", "12001"),
        ("T | where TimeGenerated <= datetime(2026-01-02T00:00:00.0000004Z) | count", "11999"),
        ("T | where TimeGenerated == datetime(2026-01-01T00:01:12.0060000Z) | project n", "10"),
        ("T | where TimeGenerated <= datetime(2026-01-01T00:01:12.0060001Z) | count", "11"),
        ("T | where TimeGenerated >= datetime(2026-01-01T00:01:12.0060001Z) | count", "35989"),
        ("T | where TimeGenerated != datetime(2026-01-01T00:00:07.2006001Z) | count", "35999"),
        ("T | where TimeGenerated == datetime(2026-01-02) | count", "0"),
        ("T | where TimeGenerated between (datetime(2026-01-02) .. 1d) | count", "12000"),
        ("T | where not(TimeGenerated >= datetime(2026-01-02)) or n == 35999 | count", "12000"),
        ("T | where JobId == 'job 3 of 1' | summarize count(), min(n)", "1000,15000"),
        ("T | where JobId == 'JOB 3 OF 1' | count", "0"),
        ("T | where JobId =~ 'JOB 3 OF 1' | count", "1000"),
        ("T | where JobId in ('job 3 of 1', 'job 0 of 0', 'none', '') | count", "2000"),
        ("T | where JobId in (dynamic(['job 3 of 1', 'job 0 of 0'])) | count", "2000"),
        ("T | where JobId !in ('job 3 of 1', 'job 0 of 0') | count", "34000"),
        ("T | where JobId == '' or n == 7 | count", "1"),
        ("T | where JobId != 'job 3 of 1' | count", "35000"),
        ("T | where Note == '' | count", "24000"),
        ("T | where Note != '' | count", "12000"),
        ("T | where isnotempty(Note) | count", "12000"),
        ("T | where isempty(Note) and n < 9 | count", "6"),
        ("T | where Note == 'note 2' | count", "1000"),
        ("T | where Note != 'note 2' | count", "35000"),
        ("T | where Note in ('note 2', 'note 3', '') | count", "26000"),
        ("T | where Note in ('note 2', 'note 3') or Note == '' | count", "26000"),
        ("T | where n > 35990 and Steps has '35995' and JobId startswith 'JOB' | project n", "35995"),
        (
            "T | where Steps has '35995' | where n > 35990 | extend s = strlen(Steps) | project n, s",
            "35995,126",
        ),
        ("T | where n between (5 .. 7) | summarize sum(n), dcount(JobId)", "18,1"),
        ("T | take 0", ""),
        ("T | where JobId == 'none' | take 5", ""),
        ("T | take 5 | count", "5"),
        ("T | union T | where JobId == 'job 0 of 0' | count", "2000"),
        (
            "T | where n < 3 | join kind=inner (T | where n in (1, 2, 4) | project n, Note) on n | summarize sum(n)",
            "3",
        ),
    ] {
        assert_eq!(asked(&engines, query), answer, "{query}");
    }
}

#[test]
fn the_newest_rows_are_the_same_with_and_without() {
    let folder = Folder::new("newest");
    let engines = engines(&days(&folder));
    for (query, answer) in [
        ("T | top 3 by TimeGenerated | project n", "35999;35998;35997"),
        (
            "T | top 2 by TimeGenerated asc | project n, TimeGenerated",
            "0,2026-01-01T00:00:00.0000005Z;1,2026-01-01T00:00:07.2006001Z",
        ),
        ("T | sort by TimeGenerated desc | take 2 | project n, JobId", "35999,job 11 of 2;35998,job 11 of 2"),
        (
            "T | where n <= 24001 | sort by TimeGenerated desc, n asc | take 4 | project n",
            "24001;23999;24000;23998",
        ),
        (
            "T | where n <= 24001 | sort by TimeGenerated desc, n desc | take 4 | project n",
            "24001;24000;23999;23998",
        ),
        (
            "T | where Note == 'note 2' | project when = TimeGenerated, Steps, n | top 2 by when | project n, strlen(Steps)",
            "8999,125;8996,125",
        ),
        ("T | extend when = TimeGenerated | where JobId has 'of 0' | top 1 by when | project n", "11999"),
        ("T | extend when = TimeGenerated + 1d | top 1 by when | project n", "35999"),
        ("T | where JobId == 'none' | top 5 by TimeGenerated", ""),
        ("T | top 0 by TimeGenerated", ""),
        ("T | top 3 by n | project n", "35999;35998;35997"),
        ("T | sort by JobId desc, n asc | take 2 | project n", "33000;33001"),
        ("T | top 100000 by TimeGenerated | summarize count(), sum(n)", "36000,647982000"),
        ("T | top 5 by TimeGenerated | where n > 35996 | count", "3"),
        ("T | top 5 by TimeGenerated | top 2 by n asc | project n", "35995;35996"),
        ("T | where TimeGenerated < datetime(2026-01-02) | top 1 by TimeGenerated | project n", "11998"),
        ("T | summarize arg_max(TimeGenerated, n) | project n > 35000", "True"),
        ("T | top 2 by TimeGenerated | extend p = prev(n) | project p", "∅;35999"),
    ] {
        assert_eq!(asked(&engines, query), answer, "{query}");
    }
}

#[test]
fn strange_times_are_the_same_with_and_without() {
    let folder = Folder::new("strange");
    let row = |at: Option<i64>, digit: i8| (at, digit, String::new());
    let far = [row(Some(-11_644_473_600_000_000), 0), row(Some(253_402_300_799_999_999), 9)].to_vec();
    let none = [row(None, 0), row(Some(START), 3)].to_vec();
    let only_none = [row(None, 0)].to_vec();
    let files = [
        ("a", far, 0),
        ("b", none, 2),
        ("c", vec![row(Some(START), 4), row(Some(-1), 9)], 4),
        ("d", only_none, 6),
    ];
    let mut files: Vec<TableFile> =
        files.iter().map(|(name, rows, first)| write(&folder, name, rows, *first)).collect();
    for taken in 0..=1 {
        // Without the last file, the times of all others have ticks.
        files.truncate(4 - taken);
        let nulls = if taken == 0 { "2;6;" } else { "2;" };
        let engines = engines(&files);
        let ascending = asked(&engines, "T | sort by TimeGenerated asc, n asc | take 20 | project n");
        assert_eq!(ascending, format!("{nulls}0;5;3;4;1"));
        let descending = asked(&engines, "T | top 4 by TimeGenerated | project n, TimeGenerated");
        let times = [
            "1,9999-12-31T23:59:59.9999999Z",
            "4,2026-01-01T00:00:00.0000004Z",
            "3,2026-01-01T00:00:00.0000003Z",
            "5,1969-12-31T23:59:59.9999999Z",
        ];
        assert_eq!(descending, times.join(";"));
        assert_eq!(asked(&engines, "T | top 1 by TimeGenerated asc nulls last | project n"), "0");
        assert_eq!(
            asked(&engines, "T | sort by TimeGenerated desc nulls first, n asc | take 1 | project n"),
            "2"
        );
        assert_eq!(asked(&engines, "T | where isnull(TimeGenerated) and n == 2 | count"), "1");
        assert_eq!(asked(&engines, "T | where TimeGenerated < datetime(1970-01-01) | count"), "2");
        assert_eq!(asked(&engines, "T | where TimeGenerated >= datetime(9999-12-31) | project n"), "1");
        assert_eq!(
            asked(&engines, "T | where TimeGenerated != datetime(1601-01-01) and n < 2 | project n"),
            "1"
        );
        assert_eq!(
            asked(&engines, "T | where not(TimeGenerated > datetime(2000-01-01)) | summarize sum(n)"),
            "5"
        );
    }
}

#[test]
fn an_empty_list_is_an_empty_table() {
    let engines = engines(&[]);
    assert_eq!(asked(&engines, "T | count"), "0");
    assert_eq!(asked(&engines, "T | top 3 by TimeGenerated | where JobId == 'a'"), "");
    assert_eq!(asked(&engines, "T | summarize count() by JobId"), "");
}

#[test]
fn files_and_row_groups_are_left_out() {
    let folder = Folder::new("pruned");
    let files = days(&folder);
    let all = engine(&files, from_files());
    let without = |one| engine(&files, from_files().without(one));
    let groups = "row_groups_pruned_statistics";

    let time = "T | where TimeGenerated between (datetime(2026-01-02 05:00) .. 1h) | project n";
    assert_eq!(told(&all, time, groups), "6 total → 1 matched");
    assert_eq!(told(&without(Optimization::PruneByTime), time, groups), "18 total → 18 matched");

    let note = "T | where Note == 'note 2' | project n";
    // The empty text is below them all.
    assert_eq!(told(&all, note, groups), "18 total → 12 matched");
    assert_eq!(told(&without(Optimization::PruneByValue), note, groups), "18 total → 18 matched");

    let job = "T | where JobId in ('job 3 of 1', 'job 4 of 1') | project n";
    assert_eq!(told(&all, job, "row_groups_pruned_bloom_filter").split(" → ").nth(1), Some("2 matched"));
    let absent = "T | where JobId == 'job 3 of 1x' | project n";
    assert_eq!(told(&all, absent, "row_groups_pruned_bloom_filter").split(" → ").nth(1), Some("0 matched"));
    assert!(told(&without(Optimization::PruneByValue), absent, groups).starts_with("18 total → 18"));

    // Digits are asked for beside microseconds, without putting ticks together.
    for ends in ["> datetime(2026-01-02)", "<= datetime(2026-01-02)", "== datetime(2026-01-02)"] {
        let query = format!("T | where TimeGenerated {ends} | project n");
        assert!(!predicate(&all, &query).contains("kql_held"), "{query}");
        assert!(predicate(&without(Optimization::PruneByTime), &query).contains("kql_held"), "{query}");
    }

    let number = "T | where n > 35000 | project JobId";
    assert_eq!(told(&all, number, groups), "18 total → 1 matched");
}

#[test]
fn wide_columns_are_read_for_the_rows_that_pass() {
    let folder = Folder::new("late");
    let files = days(&folder);
    let all = engine(&files, from_files());
    let (steps, job) = ("Steps has '35995'", "JobId has 'of 2'");
    let queries = [(steps, job), (job, steps)];
    let queries = queries.map(|(first, second)| format!("T | where {first} and {second} | project Steps"));
    for query in &queries {
        assert_ne!(told(&all, query, "pushdown_rows_pruned"), "0");
    }
    let job_first = |engine: &Engine| {
        let first = queries.iter().filter(|query| {
            predicate(engine, query).split("Steps").next().is_some_and(|first| first.contains("JobId"))
        });
        first.count()
    };
    assert_eq!(job_first(&all), 2);
    assert_eq!(job_first(&engine(&files, from_files().without(Optimization::CheapFirst))), 1);
    // Nothing wide remains after the filter, so rows are not picked while reading.
    assert_eq!(told(&all, "T | where n > 10 | summarize count() by JobId", "pushdown_rows_pruned"), "0");
}

#[test]
fn the_newest_rows_leave_files_unread() {
    let folder = Folder::new("few");
    let files = days(&folder);
    let bytes = |engine: &Engine, query: &str| -> f64 {
        let text = told(engine, query, "bytes_scanned");
        let (number, unit) = text.split_once(' ').unwrap_or((&text, ""));
        let factor = match unit.trim() {
            "K" => 1e3,
            "M" => 1e6,
            _ => 1.0,
        };
        number.parse::<f64>().expect("a number") * factor
    };
    for query in
        ["T | top 10 by TimeGenerated", "T | where JobId has 'of' | sort by TimeGenerated asc | take 10"]
    {
        // A second core might have begun with another file before the first has found any row.
        let few = bytes(&engine_of(1, &files, Optimizations::default()), query);
        let many = bytes(&engine_of(1, &files, Optimizations::none()), query);
        assert!(few * 3.0 < many, "{query}: {few} of {many}");
    }
}

#[test]
fn a_count_reads_nothing() {
    let folder = Folder::new("count");
    let files = days(&folder);
    let told = |optimizations| engine(&files, optimizations).explain("T | count").expect("a plan").remove(0);
    assert!(
        !told(Optimizations::default()).contains("DataSourceExec: file_groups"),
        "{}",
        told(Optimizations::default())
    );
    let without = Optimizations::default().without(Optimization::CountFromMetadata);
    assert!(told(without).contains("DataSourceExec: file_groups"));
}

#[test]
fn one_footer_is_read_of_files_that_are_known() {
    let folder = Folder::new("footers");
    let mut files = days(&folder);
    // A file that is none: only a query that reads it finds out.
    let broken = folder.0.join("broken.parquet");
    std::fs::write(&broken, "no Parquet at all").expect("a file");
    let times = Some((START_TICKS + 40 * DAY * 10, START_TICKS + 41 * DAY * 10));
    files.push(TableFile { path: broken, rows: Some(7), bytes: Some(17), times });
    let engine = engine(&files, Optimizations::default());
    let run = |query: &str| engine.run(query).map(|answers| shown(&answers[0]));
    assert_eq!(run("T | count").expect("known"), "36007");
    assert_eq!(run("T | where TimeGenerated < datetime(2026-01-02) | count").expect("a day"), "11999");
    assert!(run("T | summarize max(n)").is_err());
}
