//! The same five events in every delivered shape: all shapes agree, as far as each can tell.

use arrow::array::{Array, AsArray};
use arrow::datatypes::Int64Type;
use calypso_library::{Table, Type};
use calypso_logs::{OpenOptions, Opened, open};
use std::path::{Path, PathBuf};

/// Where the samples lie; tests skip when they are absent.
fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/domain/samples");
    let found = Some(folder).filter(|path| path.is_dir());
    if found.is_none() {
        println!("skipped: no samples beside the project");
    }
    found
}

fn read(names: &[&str]) -> Option<Opened> {
    let folder = samples()?;
    let paths: Vec<_> = names.iter().map(|name| folder.join(name)).collect();
    Some(open(&paths, &OpenOptions::default()).unwrap())
}

/// All cells of a table as text, row by row.
fn rows(table: &Table) -> Vec<Vec<(String, String)>> {
    let mut rows = Vec::new();
    for batch in &table.batches {
        for row in 0..batch.num_rows() {
            let cell = |index: usize, ty: Type| match ty {
                Type::Long | Type::DateTime => {
                    let array = batch.column(index).as_primitive::<Int64Type>();
                    if array.is_null(row) { "null".into() } else { array.value(row).to_string() }
                }
                _ => batch.column(index).as_string_view().value(row).to_owned(),
            };
            let columns = table.columns.iter().enumerate();
            rows.push(columns.map(|(index, column)| (column.name.clone(), cell(index, column.ty))).collect());
        }
    }
    rows
}

#[test]
fn a_blob_gives_five_rows_and_one_duplicate() {
    let Some(opened) = read(&["PT1H.json"]) else { return };
    assert_eq!(opened.summary.to_string(), "read 5 rows from 1 file, 1 duplicate dropped, 0 refused");
    let names: Vec<_> = opened.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["AADProvisioningLogs", "AuditLogs", "ProvisioningDelivery"]);
    assert_eq!(rows(&opened.tables[0]).len(), 5);
    let copies: Vec<_> = rows(&opened.tables[2]).into_iter().map(|row| row[4].1.clone()).collect();
    assert_eq!(copies, ["2", "1", "1", "1", "1"]);
}
