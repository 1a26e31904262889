//! Files of every shape, small and made here: good, broken, packed, and none at all.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use arrow::array::{Array, AsArray};
use calypso_library::{Table, Type, Value};
use calypso_logs::{Compression, OpenError, OpenOptions, Opened, open, write_arrow, write_parquet};
use std::io::Write;
use std::path::PathBuf;
use tempfile::TempDir;

const LINE: &str = r#"{"time":"2026-03-01T10:00:00.1234567Z","category":"ProvisioningLogs","resultType":"Success","durationMs":"5","correlationId":"c1","properties":{"id":"e1","activityDateTime":"2026-03-01T10:00:00.1234567Z","changeId":"c1","action":"Update","provisioningAction":"update","sourceIdentity":{"Id":"s1","Name":"Eve"},"provisioningStatusInfo":{"Status":"success","errorInformation":null},"provisioningSteps":[]}}"#;

fn line(id: &str) -> String {
    LINE.replace("\"e1\"", &format!("\"{id}\""))
}

/// A folder with files of these names and contents.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn open_one(name: &str, bytes: &[u8]) -> Opened {
    let folder = folder(&[(name, bytes)]);
    open(&[folder.path().join(name)], &OpenOptions::default()).unwrap()
}

fn texts(table: &Table, column: &str) -> Vec<String> {
    let place = table.columns.iter().position(|c| c.name == column).unwrap();
    let arrays = table.batches.iter().map(|batch| batch.column(place).clone());
    arrays
        .flat_map(|array| array.as_string_view().iter().map(|t| t.unwrap().to_owned()).collect::<Vec<_>>())
        .collect()
}

fn ids(opened: &Opened) -> Vec<String> {
    texts(&opened.tables[0], "Id")
}

#[test]
fn a_blob_with_a_bad_line_and_a_half_line() {
    let text = format!("{}\r\n{{\"time\": oops\r\n{}\r\n{}", line("a"), line("b"), &line("c")[..40]);
    let opened = open_one("PT1H.json", text.as_bytes());
    assert_eq!(ids(&opened), ["a", "b"]);
    let problems: Vec<_> = opened.summary.problems.iter().map(|p| (p.line, p.reason.clone())).collect();
    assert_eq!(problems[0].0, 2);
    assert_eq!(problems[1], (4, "the last line is half written".to_owned()));
    assert_eq!(opened.summary.to_string(), "read 2 rows from 1 file, 0 duplicates dropped, 2 refused");
}

#[test]
fn strict_stops_at_the_first_bad_line() {
    let folder = folder(&[("PT1H.json", format!("{}\n{{\n", line("a")).as_bytes())]);
    let options = OpenOptions { strict: true, ..OpenOptions::default() };
    match open(&[folder.path().join("PT1H.json")], &options) {
        Err(OpenError::Refused(problem)) => assert_eq!(problem.line, 2),
        other => panic!("{other:?}"),
    }
}

#[test]
fn both_folder_layouts_and_redelivery() {
    let two = format!("{}\r\n{}\r\n", line("a"), line("b"));
    let again = line("a").replacen("10:00:00.1234567Z", "10:30:00Z", 1);
    let folder = folder(&[
        ("insights-logs-provisioninglogs/tenantId=t/y=2026/m=03/d=01/h=10/m=00/PT1H.json", two.as_bytes()),
        ("other/resourceId=/tenants/t/y=2026/m=03/d=01/h=11/m=00/PT1H.json", again.as_bytes()),
        ("notes.txt", b"nothing here"),
        ("picture.png", b"\x89PNG\0\0\0"),
        ("hr.json", b"[{\"name\":\"Eve\"}]"),
    ]);
    let opened = open(&[folder.path().to_owned()], &OpenOptions::default()).unwrap();
    assert_eq!(ids(&opened), ["a", "b"]);
    assert_eq!(opened.summary.duplicates, 1);
    assert_eq!(opened.summary.files_skipped, 3);
    let delivery = &opened.tables[2];
    let copies = delivery.batches[0].column(4);
    assert_eq!(Value::from_array(Type::Long, copies, 0), Value::Long(2));
    assert!(opened.tables.len() == 3);
}

#[test]
fn packed_files_are_the_same() {
    let text = line("a") + "\n";
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(text.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::encode_all(text.as_bytes(), 3).unwrap();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [&gzip[..], &zstd, &marked, &wide] {
        assert_eq!(ids(&open_one("any.name", bytes)), ["a"]);
    }
    let cut = open_one("cut.gz", &gzip[..gzip.len() - 9]);
    assert_eq!(cut.summary.refused, 1);
}

#[test]
fn event_hub_messages_in_every_wrapping() {
    let (a, b) = (line("a"), line("b"));
    for text in [
        format!("{{\"records\":[{a},{b}]}}"),
        format!("{{\"records\":[{a}]}}\n{{\"records\":[{b}]}}\n"),
        format!("{{\"records\":[{a}]}}{{\"records\":[{b}]}}"),
        format!("[{a},{b}]"),
        format!("[\n  {a},\n  {b}\n]\n"),
        format!("{{\"records\":[\n{a},\n{b}\n]}}"),
        format!("{a}{b}"),
    ] {
        let opened = open_one("message", text.as_bytes());
        assert_eq!(ids(&opened), ["a", "b"], "{text}");
        assert_eq!(opened.summary.refused, 0, "{text}");
    }
    assert_eq!(ids(&open_one("object", line("a").as_bytes())), ["a"]);
}

#[test]
fn graph_pages_with_an_empty_one() {
    let record = r#"{"id":"g","activityDateTime":"2026-03-01T10:00:00Z","changeId":"c","provisioningAction":"create","provisioningStatusInfo":{"status":"success"}}"#;
    let page = format!(
        "{{\n \"@odata.context\": \"x\",\n \"@odata.nextLink\": \"y\",\n \"value\": [\n{record}\n]\n}}"
    );
    let folder =
        folder(&[("1.json", page.as_bytes()), ("2.json", b"{\"@odata.context\":\"x\",\"value\":[]}")]);
    let opened = open(&[folder.path().join("*.json")], &OpenOptions::default()).unwrap();
    assert_eq!(ids(&opened), ["g"]);
    assert_eq!(texts(&opened.tables[0], "ResultType"), ["Success"]);
    assert_eq!(opened.summary.files, 2);
}

#[test]
fn az_rows_with_nones_and_python() {
    let text = r#"[{"TableName":"PrimaryResult","TimeGenerated":"2026-03-01T10:00:00Z","Id":"z","ResultSignature":"None","DurationMs":"None","JobId":"j","Action":"Other","SourceIdentity":"{'Id': 's', 'Name': \"O'Neil\"}","Type":"AADProvisioningLogs"}]"#;
    let opened = open_one("az.json", text.as_bytes());
    assert_eq!(texts(&opened.tables[0], "SourceIdentity"), [r#"{"Id":"s","Name":"O'Neil"}"#]);
    assert_eq!(texts(&opened.tables[0], "ResultSignature"), [""]);
    assert_eq!(texts(&opened.tables[0], "ProvisioningAction"), ["other"]);
    assert_eq!(opened.tables[0].batches[0].column(9).null_count(), 1);
}

#[test]
fn a_query_answer_of_other_columns_is_its_own_table() {
    let text = r#"{"tables":[{"name":"PrimaryResult","columns":[{"name":"Action","type":"string"},{"name":"n","type":"int"},{"name":"d","type":"timespan"}],"rows":[["Create",5,"00:01:00"],["",null,null]]}],"error":{"code":"PartialError","message":"too much"}}"#;
    let opened = open_one("answer.json", text.as_bytes());
    let table = &opened.tables[3];
    assert_eq!(table.name, "answer");
    let types: Vec<_> = table.columns.iter().map(|column| column.ty).collect();
    assert_eq!(types, [Type::String, Type::Int, Type::TimeSpan]);
    let cell = |column: usize, row| Value::from_array(types[column], table.batches[0].column(column), row);
    assert_eq!(cell(1, 0), Value::Int(5));
    assert_eq!(cell(2, 0), Value::TimeSpan(600_000_000));
    assert_eq!(cell(1, 1), Value::Null(Type::Int));
    assert_eq!(opened.summary.warnings.len(), 1);
}

#[test]
fn logs_csv_in_a_day_first_locale() {
    let text = "\u{feff}TimeGenerated [UTC];Id;Action;JobId;DurationMs;Mine\r\n20/03/2026, 08:00:00,481;a;Create;j;7;x\r\n\"21/03/2026, 08:00:00\";b;;;;\r\nshort;row\r\n";
    let opened = open_one("query_data.csv", text.as_bytes());
    assert_eq!(ids(&opened), ["a", "b"]);
    assert_eq!(texts(&opened.tables[0], "ProvisioningAction"), ["create", ""]);
    assert_eq!(opened.summary.problems[0].reason, "2 fields where the header has 6");
    assert!(opened.summary.warnings.contains_key("column Mine is not kept"));
    let times = opened.tables[0].batches[0].column(2);
    let expected = calypso_logs::times::parse_time("2026-03-20T08:00:00.481", Default::default());
    assert_eq!(Value::from_array(Type::DateTime, times, 0), Value::DateTime(expected.unwrap()));
}

#[test]
fn other_files_are_tables_of_their_own() {
    let opened = open_one("hr.csv", b"employeeId,upn,start\n007,a@b,2026-01-01\n008,c@d,2026-02-01\n");
    let table = &opened.tables[3];
    assert_eq!(table.name, "hr");
    let types: Vec<_> = table.columns.iter().map(|column| column.ty.name()).collect();
    assert_eq!(types, ["string", "string", "datetime"]);
    assert_eq!(opened.summary.rows_read, 2);
    let opened = open_one("users.jsonl", b"{\"a\":1}\n{\"a\":2,\"b\":{\"c\":[]}}\n");
    assert_eq!(opened.tables[3].columns[1].ty, Type::Dynamic);
    let opened = open_one("list.json", b"[1,2]");
    assert_eq!(opened.tables[3].columns[0].name, "Value");
}

#[test]
fn a_name_keeps_rows_as_they_are() {
    let folder = folder(&[("a.json", line("a").as_bytes()), ("b.json", line("b").as_bytes())]);
    let options = OpenOptions { table_name: Some("raw".into()), ..OpenOptions::default() };
    let opened = open(&[folder.path().join("?.json")], &options).unwrap();
    assert_eq!(opened.tables.len(), 4);
    assert_eq!(opened.tables[3].name, "raw");
    assert_eq!(opened.tables[3].batches[0].num_rows(), 2);
    assert!(opened.tables[0].batches.is_empty());
}

#[test]
fn audit_logs_and_other_categories() {
    let audit = r#"{"time":"2026-03-01T10:00:00Z","category":"AuditLogs","operationName":"Quarantine","resultDescription":"why","properties":{"id":"q","category":"ProvisioningManagement","activityDisplayName":"Quarantine","activityDateTime":"2026-03-01T10:00:00Z"}}"#;
    let foreign = r#"{"time":"2026-03-01T10:00:00Z","category":"SignInLogs","properties":{}}"#;
    let text = format!("{}\n{audit}\n{foreign}\n", line("a"));
    let opened = open_one("mixed.json", text.as_bytes());
    assert_eq!(texts(&opened.tables[1], "ActivityDisplayName"), ["Quarantine"]);
    assert_eq!(texts(&opened.tables[1], "Category"), ["ProvisioningManagement"]);
    assert_eq!(opened.summary.rows_read, 2);
    assert_eq!(
        opened.summary.warnings.keys().collect::<Vec<_>>(),
        ["records of category SignInLogs passed over"]
    );
}

#[test]
fn arrivals_come_from_a_side_file() {
    let folder = folder(&[
        ("logs/PT1H.json", line("a").as_bytes()),
        ("logs/deliveries.csv", b"Id,ArrivalTime\na,2026-03-01T10:07:00Z\na,2026-03-01T10:05:00Z\n"),
    ]);
    let opened = open(&[folder.path().to_owned()], &OpenOptions::default()).unwrap();
    let expected = calypso_logs::times::parse_time("2026-03-01T10:05:00Z", Default::default()).unwrap();
    let arrival = Value::from_array(Type::DateTime, opened.tables[2].batches[0].column(1), 0);
    assert_eq!(arrival, Value::DateTime(expected));
}

#[test]
fn old_system_names_are_renamed_on_request() {
    let system = r#""sourceSystem":{"Id":"","Name":"Azure Active Directory"},"provisioningSteps""#;
    let text = line("a").replace("\"provisioningSteps\"", system);
    let folder = folder(&[("a.json", text.as_bytes())]);
    for (rename_legacy, name) in [(false, "Azure Active Directory"), (true, "Microsoft Entra ID")] {
        let options = OpenOptions { rename_legacy, ..OpenOptions::default() };
        let opened = open(&[folder.path().to_owned()], &options).unwrap();
        assert_eq!(texts(&opened.tables[0], "SourceSystem"), [format!(r#"{{"Id":"","Name":"{name}"}}"#)]);
    }
}

#[test]
fn what_cannot_be_opened_says_why() {
    let folder = folder(&[("picture.png", b"\x89PNG\0\0\0")]);
    let error = |path: PathBuf| open(&[path], &OpenOptions::default()).unwrap_err().to_string();
    assert!(error(folder.path().join("none")).starts_with("no file or folder"));
    assert!(error(folder.path().join("*.json")).starts_with("no file matches"));
    assert!(error(folder.path().join("picture.png")).contains("neither text nor Parquet"));
}

/// All cells of a table, row by row.
fn cells(table: &Table) -> Vec<Vec<Value>> {
    let row = |batch: &arrow::record_batch::RecordBatch, row| {
        let columns = table.columns.iter().zip(batch.columns());
        columns.map(|(column, array)| Value::from_array(column.ty, array, row)).collect()
    };
    let rows = |batch: &arrow::record_batch::RecordBatch| {
        (0..batch.num_rows()).map(|n| row(batch, n)).collect::<Vec<_>>()
    };
    table.batches.iter().flat_map(rows).collect()
}

#[test]
fn parquet_and_arrow_keep_every_cell() {
    let text = format!("{}\n{}\n", line("b").replace("10:00:00.1234567Z", "09:00:00Z"), line("a"));
    let opened = open_one("PT1H.json", text.as_bytes());
    let folder = tempfile::tempdir().unwrap();
    let (parquet, arrow) = (folder.path().join("l.parquet"), folder.path().join("l.arrow"));
    for compression in
        [Compression::None, Compression::Snappy, Compression::Lz4, Compression::Gzip, Compression::Zstd]
    {
        write_parquet(&opened.tables[0], &parquet, compression).unwrap();
        let again = open(std::slice::from_ref(&parquet), &OpenOptions::default()).unwrap();
        assert_eq!(cells(&again.tables[0]), cells(&opened.tables[0]));
    }
    write_arrow(&opened.tables[0], &arrow).unwrap();
    let again = open(&[arrow.clone(), parquet.clone()], &OpenOptions::default()).unwrap();
    assert_eq!(cells(&again.tables[0]), cells(&opened.tables[0]));
    assert_eq!(again.summary.duplicates, 2);
    let bytes = std::fs::read(&parquet).unwrap();
    let packed = zstd::encode_all(&bytes[..], 1).unwrap();
    assert_eq!(cells(&open_one("p.zst", &packed).tables[0]), cells(&opened.tables[0]));
    let cut = open_one("cut.parquet", &bytes[..bytes.len() / 2]);
    assert_eq!(cut.summary.refused, 1);
}

#[test]
fn tables_of_every_type_survive_files() {
    let columns: Vec<_> = Type::ALL.iter().map(|ty| calypso_library::Column::new(ty.name(), *ty)).collect();
    let value = |ty: Type| match ty {
        Type::Bool => Value::Bool(true),
        Type::Int => Value::Int(-1),
        Type::Long => Value::Long(i64::MAX),
        Type::Real => Value::Real(0.5),
        Type::Decimal => Value::Decimal(arrow::datatypes::i256::from_i128(5)),
        Type::String => Value::String("text".into()),
        Type::DateTime => Value::DateTime(638_000_000_000_000_001),
        Type::TimeSpan => Value::TimeSpan(-1),
        Type::Guid => Value::Guid("38a2171b-8b04-4b21-8133-ca8ae5220001".into()),
        Type::Dynamic => Value::Dynamic(serde_json::json!({"a": [1, 2.5]})),
    };
    for early in [false, true] {
        let first = |ty| if early && ty == Type::DateTime { Value::DateTime(1) } else { value(ty) };
        let arrays =
            Type::ALL.iter().map(|ty| Value::to_array(*ty, [first(*ty), Value::absent(*ty)])).collect();
        let schema = calypso_logs::builder::schema(&columns);
        let batches = vec![arrow::record_batch::RecordBatch::try_new(schema, arrays).unwrap()];
        let table = Table { name: "all".into(), columns: columns.clone(), batches };
        let folder = tempfile::tempdir().unwrap();
        let (parquet, arrow) = (folder.path().join("all.parquet"), folder.path().join("all.arrow"));
        write_parquet(&table, &parquet, Compression::Zstd).unwrap();
        write_arrow(&table, &arrow).unwrap();
        for path in [parquet, arrow] {
            let again = open(&[path], &OpenOptions::default()).unwrap();
            assert_eq!(again.tables[3].columns, columns);
            assert_eq!(cells(&again.tables[3]), cells(&table));
        }
    }
}

#[test]
fn parquet_without_some_columns_is_filled() {
    let text = line("a") + "\n";
    let opened = open_one("PT1H.json", text.as_bytes());
    let mut table = opened.tables[0].clone();
    let keep: Vec<usize> =
        (0..28).filter(|n| !matches!(table.columns[*n].name.as_str(), "Action" | "Type")).collect();
    table.columns = keep.iter().map(|n| table.columns[*n].clone()).collect();
    table.batches = table.batches.iter().map(|batch| batch.project(&keep).unwrap()).collect();
    let folder = tempfile::tempdir().unwrap();
    write_parquet(&table, &folder.path().join("l.parquet"), Compression::Zstd).unwrap();
    let again = open(&[folder.path().to_owned()], &OpenOptions::default()).unwrap();
    assert_eq!(cells(&again.tables[0]), cells(&opened.tables[0]));
}

#[test]
fn a_parquet_file_alone_stays_on_disk_on_request() {
    let text = format!("{}\n{}\n", line("a"), line("b"));
    let loaded = open_one("PT1H.json", text.as_bytes());
    let folder =
        folder(&[("deliveries.csv", b"Id,ArrivalTime,EnvelopeTime,Copies\nb,2026-03-01T10:05:00Z,,3\n")]);
    write_parquet(&loaded.tables[0], &folder.path().join("l.parquet"), Compression::Zstd).unwrap();
    let options = OpenOptions { keep_parquet: true, ..OpenOptions::default() };
    let opened = open(&[folder.path().to_owned()], &options).unwrap();
    assert_eq!(opened.tables.len(), 1);
    assert_eq!(opened.summary.to_string(), "read 2 rows from 2 files, 0 duplicates dropped, 0 refused");
    let kept = opened.parquet.unwrap();
    assert_eq!((kept.rows, kept.newest), (2, calypso_logs::newest_time(&loaded.tables[0])));
    let delivery = kept.delivery().unwrap();
    let plain = open(&[folder.path().to_owned()], &OpenOptions::default()).unwrap();
    assert_eq!(cells(&delivery), cells(&plain.tables[2]));
    assert_eq!(cells(&delivery)[1][4], Value::Long(3));
    // With the same events in another file, all is read.
    std::fs::write(folder.path().join("PT1H.json"), line("a")).unwrap();
    let opened = open(&[folder.path().to_owned()], &options).unwrap();
    assert!(opened.parquet.is_none());
    assert_eq!((opened.summary.rows_read, opened.summary.duplicates), (2, 1));
}

#[test]
fn the_older_answer_form_is_read() {
    let text = r#"{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"n","ColumnType":"long"}],"Rows":[[5]]}]}"#;
    let opened = open_one("v1.json", text.as_bytes());
    assert_eq!(opened.tables[3].columns, [calypso_library::Column::new("n", Type::Long)]);
    assert_eq!(opened.summary.rows_read, 1);
}
