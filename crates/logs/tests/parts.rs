//! Reading in parts gives the rows, the deliveries and the notices that opening gives, whatever the shape, the packing,
//! the size of a part and the number of threads.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use arrow::record_batch::RecordBatch;
use calypso_library::{Column, Value};
use calypso_logs::generator::{AttrBag, Options, Packing, Profile, Shape, generate, write_run};
use calypso_logs::parts::{LogFile, Part, PartOptions, files, read, read_all};
use calypso_logs::{
    OpenError, OpenOptions, Problem, Summary, audit_columns, delivery_columns, open, provisioning_columns,
};
use proptest::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const LINE: &str = r#"{"time":"2026-03-01T10:00:00.1234567Z","category":"ProvisioningLogs","resultType":"Success","properties":{"id":"e1","activityDateTime":"2026-03-01T10:00:00.1234567Z","changeId":"c1","provisioningAction":"update","sourceIdentity":{"Id":"s1","Name":"Eve"},"provisioningSteps":[]}}"#;

fn line(id: &str) -> String {
    LINE.replace("\"e1\"", &format!("\"{id}\""))
}

fn options(part_bytes: usize, threads: usize) -> PartOptions {
    PartOptions { open: OpenOptions::default(), threads, part_bytes }
}

type Rows = Vec<Vec<Value>>;

fn cells(columns: &[Column], batches: &[RecordBatch]) -> Rows {
    let row = |batch: &RecordBatch, row| {
        let columns = columns.iter().zip(batch.columns());
        columns.map(|(column, array)| Value::from_array(column.ty, array, row)).collect()
    };
    batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |n| row(batch, n))).collect()
}

/// All parts of files, after checking that each row has its delivery.
fn read_paths(paths: &[PathBuf], options: &PartOptions) -> Result<Vec<Part>, OpenError> {
    let files: Vec<(LogFile, u64)> = files(paths)?.into_iter().map(|file| (file, 0)).collect();
    let mut parts = Vec::new();
    let mut last = 0;
    read_all(&files, options, &mut |file, part| {
        assert!(last <= file, "files come in their order");
        last = file;
        let rows = |batches: &[RecordBatch]| batches.iter().map(RecordBatch::num_rows).collect::<Vec<_>>();
        assert_eq!(rows(&part.provisioning), rows(&part.delivery));
        parts.push(part);
        Ok::<_, OpenError>(())
    })?;
    Ok(parts)
}

/// What a store makes of parts: rows, audit rows, deliveries as `open` has them, and how many rows were dropped.
fn merged(parts: &[Part]) -> ([Rows; 3], u64) {
    let (mut dropped, mut tables) = (0, [Vec::new(), Vec::new(), Vec::new()]);
    let mut told: HashMap<String, Vec<Value>> = HashMap::new();
    for row in parts.iter().flat_map(|part| cells(&delivery_columns(), &part.told)) {
        let known = told.entry(text(&row[0])).or_insert_with(|| row.clone());
        let absent = |value: &Value| matches!(value, Value::Null(_));
        if absent(&known[1]) || (!absent(&row[1]) && ticks(&row[1]) < ticks(&known[1])) {
            *known = row;
        }
    }
    let mut places: HashMap<String, usize> = HashMap::new();
    for part in parts {
        let rows = cells(&provisioning_columns(), &part.provisioning);
        for (row, delivery) in rows.into_iter().zip(cells(&delivery_columns(), &part.delivery)) {
            match places.get(&text(&row[14])).copied().filter(|_| !text(&row[14]).is_empty()) {
                None => {
                    places.insert(text(&row[14]), tables[0].len());
                    tables[0].push(row);
                    tables[2].push(delivery);
                }
                Some(place) => {
                    dropped += 1;
                    let known = &mut tables[2][place];
                    let copies = Value::Long(long(&known[4]) + long(&delivery[4]));
                    let (new, old) = (ticks(&delivery[2]), ticks(&known[2]));
                    if new.is_some() && (old.is_none() || new < old) {
                        *known = delivery;
                    }
                    known[4] = copies;
                }
            }
        }
    }
    for delivery in &mut tables[2] {
        let Some(told) = told.get(&text(&delivery[0])) else { continue };
        if ticks(&told[1]).is_some() {
            delivery[1] = told[1].clone();
        }
        if ticks(&delivery[2]).is_none() {
            delivery[2] = told[2].clone();
        }
        delivery[4] = Value::Long(long(&delivery[4]).max(long(&told[4])));
    }
    let mut audit = BTreeSet::new();
    for row in parts.iter().flat_map(|part| cells(&audit_columns(), &part.audit)) {
        if audit.insert(format!("{:?}", row[19])) { tables[1].push(row) } else { dropped += 1 }
    }
    let mut order: Vec<usize> = (0..tables[0].len()).collect();
    order.sort_by_key(|row| (ticks(&tables[0][*row][2]), text(&tables[0][*row][14])));
    tables[0] = order.iter().map(|row| tables[0][*row].clone()).collect();
    tables[2] = order.iter().map(|row| tables[2][*row].clone()).collect();
    tables[1].sort_by_key(|row| (ticks(&row[2]), text(&row[19])));
    (tables, dropped)
}

fn ticks(value: &Value) -> Option<i64> {
    match value {
        Value::DateTime(ticks) => Some(*ticks),
        _ => None,
    }
}

fn long(value: &Value) -> i64 {
    match value {
        Value::Long(value) => *value,
        other => panic!("{other:?} is no long"),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => panic!("{other:?} is no string"),
    }
}

fn summed(parts: &[Part]) -> Summary {
    let mut summary = Summary::default();
    parts.iter().for_each(|part| summary.add(part.summary.clone()));
    summary
}

/// Reads paths both ways and compares all of it.
fn check(paths: &[PathBuf], options: &PartOptions) {
    let opened = open(paths, &options.open).unwrap();
    let parts = read_paths(paths, options).unwrap();
    let (tables, dropped) = merged(&parts);
    for (table, rows) in opened.tables.iter().zip(&tables) {
        let expected = cells(&table.columns, &table.batches);
        assert_eq!(expected.len(), rows.len(), "{} of {paths:?}", table.name);
        for (row, expected) in rows.iter().zip(&expected) {
            assert_eq!(row, expected, "{} of {paths:?}", table.name);
        }
    }
    let (summary, whole) = (summed(&parts), opened.summary);
    assert_eq!(summary.rows_read, whole.rows_read + dropped);
    assert_eq!(dropped, whole.duplicates);
    assert_eq!(summary.refused, whole.refused);
    assert_eq!(sorted(&summary.problems), sorted(&whole.problems));
    assert_eq!(summary.warnings, whole.warnings);
    assert_eq!((summary.files, summary.files_skipped), (whole.files, whole.files_skipped));
    let shapes = |summary: &Summary| -> BTreeSet<(String, &'static str)> {
        summary.shapes.iter().map(|read| (read.file.clone(), read.shape)).collect()
    };
    assert_eq!(shapes(&summary), shapes(&whole));
    let rows: u64 = summary.shapes.iter().map(|read| read.rows).sum();
    assert_eq!(rows, summary.rows_read, "rows told by file");
}

fn sorted(problems: &[Problem]) -> Vec<String> {
    let mut texts: Vec<String> = problems.iter().map(Problem::to_string).collect();
    texts.sort();
    texts
}

/// A folder of one generated shape.
fn generated(shape: Shape, packing: Packing, dirty: bool) -> TempDir {
    let options = Options {
        days: Some(1),
        attr_bag: Some(AttrBag::Lean),
        dirty,
        truncate_last: dirty,
        ..Options::new(Profile::Small)
    };
    let folder = tempfile::tempdir().unwrap();
    write_run(&generate(&options), folder.path(), &[shape], packing).unwrap();
    folder
}

#[test]
fn every_generated_shape_reads_as_it_opens() {
    for shape in Shape::ALL {
        for (packing, part_bytes, threads) in
            [(Packing::Plain, 40_000, 3), (Packing::Gzip, 100_000, 2), (Packing::Zstd, 7_000, 1)]
        {
            let folder = generated(shape, packing, packing == Packing::Plain);
            check(&[folder.path().to_owned()], &options(part_bytes, threads));
        }
    }
}

#[test]
fn the_samples_read_as_they_open() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/domain/samples");
    if !folder.is_dir() {
        println!("skipped: no samples beside the project");
        return;
    }
    check(std::slice::from_ref(&folder), &options(1000, 2));
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending != "py") {
            check(&[path], &options(1000, 2));
        }
    }
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn a_folder_of_oddities_reads_as_it_opens() {
    let lines: String = (0..200).map(|n| line(&format!("e{}", n % 150)) + "\n").collect();
    let marked = [b"\xef\xbb\xbf".as_slice(), lines.as_bytes(), b"\r\n{\"broken\": \r\n[1]\n"].concat();
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(lines.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let packed = zstd::encode_all(lines.as_bytes(), 3).unwrap();
    let half = format!("{}\n{}", line("whole"), &line("half")[..50]);
    let folder = folder(&[
        ("marked.json", &marked),
        ("wide.json", &wide),
        ("cut.zst", &packed[..packed.len() - 20]),
        ("half.json", half.as_bytes()),
        ("late.json", format!("oops\n\n{}\n{{\"name\":1}}\n{}", line("x"), line("y")).as_bytes()),
        ("none.json", b"{\"name\":1}\n{\"name\":2}\n"),
        ("picture.png", b"\x89PNG\0\0\0"),
        ("empty.json", b"  \n"),
        ("array.json", b"[]"),
        ("unreadable.gz", b"\x1f\x8b"),
        ("deliveries.csv", b"Id,ArrivalTime\ne1,2026-03-01T10:07:00Z\ne1,2026-03-01T10:05:00Z\n"),
    ]);
    for (part_bytes, threads) in [(1, 2), (500, 3), (5000, 1), (1 << 20, 4)] {
        check(&[folder.path().to_owned()], &options(part_bytes, threads));
    }
}

#[test]
fn parts_are_small() {
    let folder = generated(Shape::Blob, Packing::Plain, false);
    let packed = generated(Shape::Parquet, Packing::Plain, false);
    for folder in [folder, packed] {
        let parts = read_paths(&[folder.path().to_owned()], &options(20_000, 2)).unwrap();
        let most = parts.iter().flat_map(|part| &part.provisioning).map(RecordBatch::num_rows).max();
        assert!(parts.len() > 2 && most <= Some(1024), "{most:?} rows in one of {}", parts.len());
    }
}

#[test]
fn the_portals_files_come_as_one() {
    let folder = generated(Shape::Portal, Packing::Plain, false);
    let files = files(&[folder.path().to_owned()]).unwrap();
    let portal = files.iter().find(|file| file.paths().count() == 3).unwrap();
    let sizes: u64 = portal.paths().map(|path| path.metadata().unwrap().len()).sum();
    assert_eq!(portal.bytes(), sizes);
    let mut end = 0;
    read(portal, 0, &options(1000, 2), &mut |part| {
        end = part.end;
        Ok::<_, OpenError>(())
    })
    .unwrap();
    assert_eq!(end, sizes);
}

#[test]
fn what_holds_no_logs_is_an_error_only_when_named() {
    let folder = folder(&[("hr.csv", b"name\nEve\n"), ("list.json", b"[{\"name\":1}]"), ("x", b"\0\0")]);
    for name in ["hr.csv", "list.json", "x"] {
        let error = read_paths(&[folder.path().join(name)], &options(1000, 2)).unwrap_err();
        assert!(matches!(error, OpenError::Unknown { .. }), "{name}: {error}");
    }
    let parts = read_paths(&[folder.path().to_owned()], &options(1000, 2)).unwrap();
    assert_eq!(summed(&parts).files_skipped, 3);
    assert!(parts.iter().all(|part| part.end == 0));
}

#[test]
fn strict_names_the_line_in_the_whole_file() {
    let text = format!("{}\n{}\noops\n", line("a"), line("b"));
    let folder = folder(&[("PT1H.json", text.as_bytes())]);
    let files = files(&[folder.path().to_owned()]).unwrap();
    for from in [0, text.find("\n{").unwrap() as u64 + 1] {
        let mut options = options(10, 2);
        options.open.strict = true;
        let error = read(&files[0], from, &options, &mut |_| Ok::<_, OpenError>(())).unwrap_err();
        let OpenError::Refused(problem) = error else { panic!("{error}") };
        assert_eq!(problem.line, 3);
    }
}

#[test]
fn who_takes_parts_can_stop() {
    let text: String = (0..500).map(|n| line(&n.to_string()) + "\n").collect();
    let folder = folder(&[("a.json", text.as_bytes()), ("b.json", text.as_bytes())]);
    let files: Vec<_> = files(&[folder.path().to_owned()]).unwrap().into_iter().map(|f| (f, 0)).collect();
    for threads in [1, 3] {
        let mut taken = 0;
        let stopped = read_all(&files, &options(5000, threads), &mut |_, _| {
            taken += 1;
            if taken == 3 { Err(OpenError::NotFound { path: "enough".into() }) } else { Ok(()) }
        });
        assert_eq!((stopped, taken), (Err(OpenError::NotFound { path: "enough".into() }), 3));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// A file that grows, read each time from where the last part ended, gives what it gives at once.
    #[test]
    fn a_growing_file_is_read_on(
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..4),
        odd in proptest::collection::vec(0usize..6, 1..30),
        part_bytes in 1usize..20_000,
        threads in 1usize..4,
        mark in any::<bool>(),
    ) {
        // The first line tells that values lie one a line.
        let mut text = if mark { "\u{feff}".to_owned() } else { String::new() } + &line("first") + "\n";
        for (n, odd) in odd.iter().enumerate() {
            text += &match odd {
                0 => "oops\n".to_owned(),
                1 => "\r\n".to_owned(),
                2 => format!("{{\"records\":[{},{}]}}\n", line(&format!("m{n}")), line("é")),
                3 => format!("{}{}\n", line(&format!("p{n}")), line("p")),
                _ => line(&format!("e{n}")) + "\n",
            };
        }
        let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
        places.push(text.len());
        places.sort_unstable();
        let folder = folder(&[("PT1H.json", text.as_bytes())]);
        let path = folder.path().join("PT1H.json");
        let options = options(part_bytes, threads);
        let whole = read_paths(&[folder.path().to_owned()], &options).unwrap();
        let (mut from, mut grown, mut problems) = (0, Vec::new(), Vec::new());
        for place in places {
            std::fs::write(&path, &text.as_bytes()[..place]).unwrap();
            let file = files(&[folder.path().to_owned()]).unwrap().remove(0);
            let mut half = Vec::new();
            read(&file, from, &options, &mut |part| {
                // Only a line that may still grow is read, and refused, again.
                assert!(part.end >= from && part.end <= place as u64);
                from = part.end;
                half.extend(part.summary.problems.clone());
                grown.push(part);
                Ok::<_, OpenError>(())
            })
            .unwrap();
            let open_line = text.as_bytes()[..place].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            let is_open = place > 0 && text.as_bytes()[place - 1] != b'\n';
            half.retain(|problem| !(is_open && problem.line == open_line));
            problems.extend(half);
        }
        let rows = |parts: &[Part]| {
            let rows = parts.iter().flat_map(|part| cells(&provisioning_columns(), &part.provisioning));
            rows.map(|row| format!("{:?}", row[14])).collect::<Vec<_>>()
        };
        if from > 0 {
            prop_assert_eq!(rows(&grown), rows(&whole));
            prop_assert_eq!(from, text.len() as u64);
            problems.sort_by_key(|problem| problem.line);
            problems.dedup();
            prop_assert_eq!(sorted(&problems), sorted(&summed(&whole).problems));
        }
    }
}
