//! Rows of a file with declared columns, as `externaldata` and `.ingest inline` take them. In: bytes, how they are written,
//! and the columns wanted. Out: batches of these columns. Values that are not of a column's type are null.

use crate::columnar::load;
use crate::source::{Container, Source};
use arrow::array::{ArrayRef, RecordBatchOptions};
use arrow::record_batch::RecordBatch;
use calypso_library::call::{Argument, Call};
use calypso_library::convert::conversion;
use calypso_library::{Column, Json, Type, Value, literals};
use serde_json::Deserializer;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// Rows converted at once.
const ROWS: usize = 16_384;

/// How the rows of a file are written.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// `csv`, `tsv`, `psv`, `scsv`, `sohsv`, `txt`, `raw`, `json`, `multijson`, `parquet`; else told by the ending.
    pub format: Option<String>,
    /// Whether the first record is a header.
    pub skip_first: bool,
    /// Which column is where, as JSON: `[{"Column":"a","Properties":{"Path":"$.x.y"}}]`, `"Ordinal"` for separated values.
    pub mapping: Option<String>,
}

/// The rows of a file; packed files are unpacked.
pub fn read_external(path: &Path, layout: &Layout, columns: &[Column]) -> Result<Vec<RecordBatch>, String> {
    let named = layout.format.clone().unwrap_or_else(|| ending(path));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let failed = |error: &dyn std::fmt::Display| format!("`{name}` cannot be read: {error}");
    let source = Source::File(path.to_owned());
    if named == "parquet" {
        let (known, batches) = load(&source, Container::Parquet).map_err(|error| failed(&error))?;
        return batches.iter().map(|batch| by_name(&known, batch, columns)).collect();
    }
    let mut bytes = Vec::new();
    source.open().and_then(|mut stream| stream.read_to_end(&mut bytes)).map_err(|error| failed(&error))?;
    read_text(&bytes, &named, layout, columns).map_err(|error| failed(&error))
}

/// The rows of bytes in memory.
pub fn read_text(
    bytes: &[u8],
    format: &str,
    layout: &Layout,
    columns: &[Column],
) -> Result<Vec<RecordBatch>, String> {
    let places = match &layout.mapping {
        Some(text) => mapped(text, columns)?,
        None => columns
            .iter()
            .enumerate()
            .map(|(at, c)| Place { path: vec![c.name.clone()], ordinal: at })
            .collect(),
    };
    let text = || String::from_utf8_lossy(bytes);
    match format {
        "csv" => separated(bytes, b',', layout.skip_first, &places, columns),
        "tsv" | "tsve" => separated(bytes, b'\t', layout.skip_first, &places, columns),
        "psv" => separated(bytes, b'|', layout.skip_first, &places, columns),
        "scsv" => separated(bytes, b';', layout.skip_first, &places, columns),
        "sohsv" => separated(bytes, 1, layout.skip_first, &places, columns),
        "txt" => {
            let text = text();
            let lines =
                text.lines().skip(usize::from(layout.skip_first)).map(|line| vec![Some(line.to_owned())]);
            batches(lines.map(Ok), columns)
        }
        "raw" => batches(std::iter::once(Ok(vec![Some(text().into_owned())])), columns),
        "json" | "multijson" | "singlejson" => json(bytes, &places, columns),
        "avro" | "apacheavro" | "orc" | "w3clogfile" | "azmonstream" => {
            Err(format!("the format {format} is not supported"))
        }
        _ => Err(format!("there is no format {format}")),
    }
}

/// The format by the ending of a name, past that of packing; `csv` where it says nothing.
fn ending(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jsonl" | "ndjson" | "json") => "json",
        Some("tab" | "tsv") => "tsv",
        Some("log" | "txt") => "txt",
        Some("psv") => "psv",
        Some("scsv") => "scsv",
        Some("multijson") => "multijson",
        Some("raw") => "raw",
        Some("parquet") => "parquet",
        Some("avro") => "avro",
        Some("orc") => "orc",
        Some(_) | None => "csv",
    }
    .to_owned()
}

/// Where the value of a column stands.
struct Place {
    /// Keys from the outermost inwards.
    path: Vec<String>,
    /// The number of the field.
    ordinal: usize,
}

/// The places by a mapping; a column it does not name is where it would be without.
fn mapped(text: &str, columns: &[Column]) -> Result<Vec<Place>, String> {
    let parsed: Json =
        serde_json::from_str(text).map_err(|error| format!("the mapping is no JSON: {error}"))?;
    let entries = parsed.as_array().ok_or("the mapping is no list")?;
    let field = |entry: &Json, name: &str| {
        let lower = name.to_ascii_lowercase();
        let inner = entry.get("Properties").or_else(|| entry.get("properties"));
        [Some(entry), inner].into_iter().flatten().find_map(|object| {
            let members = object.as_object()?;
            members.iter().find(|(key, _)| key.to_ascii_lowercase() == lower).map(|(_, value)| value.clone())
        })
    };
    let place = |(at, column): (usize, &Column)| {
        let entry = entries.iter().find(|entry| {
            let name = field(entry, "Column").or_else(|| field(entry, "Name"));
            name.as_ref().and_then(Json::as_str) == Some(column.name.as_str())
        });
        let path = entry.and_then(|entry| field(entry, "Path"));
        let ordinal = entry.and_then(|entry| field(entry, "Ordinal"));
        let ordinal = ordinal.and_then(|value| match value {
            Json::String(text) => text.parse().ok(),
            other => other.as_u64().and_then(|number| usize::try_from(number).ok()),
        });
        let path = path.as_ref().and_then(Json::as_str).map_or_else(|| vec![column.name.clone()], keys);
        Place { path, ordinal: ordinal.unwrap_or(at) }
    };
    Ok(columns.iter().enumerate().map(place).collect())
}

/// The keys of `$.a.b`, `$['a']['b']`; `$` alone is the whole.
fn keys(path: &str) -> Vec<String> {
    let path = path.strip_prefix('$').unwrap_or(path);
    path.split(['.', '['])
        .map(|key| key.trim_end_matches(']').trim_matches(['\'', '"']).to_owned())
        .filter(|key| !key.is_empty())
        .collect()
}

fn separated(
    bytes: &[u8],
    delimiter: u8,
    skip_first: bool,
    places: &[Place],
    columns: &[Column],
) -> Result<Vec<RecordBatch>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(skip_first)
        .flexible(true)
        .from_reader(bytes);
    let records = reader.byte_records().map(|record| {
        let record = record.map_err(|error| error.to_string())?;
        let field = |place: &Place| {
            record.get(place.ordinal).map(|field| String::from_utf8_lossy(field).into_owned())
        };
        Ok(places.iter().map(field).collect())
    });
    batches(records, columns)
}

/// Rows of texts, each read as its column's type.
fn batches(
    rows: impl Iterator<Item = Result<Vec<Option<String>>, String>>,
    columns: &[Column],
) -> Result<Vec<RecordBatch>, String> {
    let mut cells: Vec<Vec<Value>> = columns.iter().map(|_| Vec::new()).collect();
    let mut found = Vec::new();
    for row in rows {
        let mut row = row?.into_iter();
        for (column, cells) in columns.iter().zip(&mut cells) {
            let text = row.next().flatten();
            cells.push(text.map_or_else(|| Value::absent(column.ty), |text| from_text(column.ty, text)));
        }
        if cells.first().is_some_and(|cells| cells.len() == ROWS) {
            found.push(batch(columns, &mut cells)?);
        }
    }
    if cells.first().is_some_and(|cells| !cells.is_empty()) {
        found.push(batch(columns, &mut cells)?);
    }
    Ok(found)
}

fn from_text(ty: Type, text: String) -> Value {
    match ty {
        Type::String => Value::String(text),
        _ if text.trim().is_empty() => Value::absent(ty),
        Type::Dynamic => match serde_json::from_str(&text) {
            Ok(json) => Value::dynamic(json),
            Err(_) => Value::Dynamic(Json::String(text)),
        },
        _ => literals::convert(ty, text.trim()),
    }
}

fn batch(columns: &[Column], cells: &mut [Vec<Value>]) -> Result<RecordBatch, String> {
    let rows = cells.first().map_or(0, Vec::len);
    let arrays = columns
        .iter()
        .zip(cells)
        .map(|(column, cells)| Value::to_array(column.ty, std::mem::take(cells)))
        .collect();
    whole(columns, arrays, rows)
}

fn whole(columns: &[Column], arrays: Vec<ArrayRef>, rows: usize) -> Result<RecordBatch, String> {
    let fields = columns.iter().map(|c| arrow::datatypes::Field::new(&c.name, c.ty.arrow(), true));
    let schema = Arc::new(arrow::datatypes::Schema::new(fields.collect::<Vec<_>>()));
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(schema, arrays, &options).map_err(|error| error.to_string())
}

/// Objects one after the other, or in arrays; each column is converted as the query language does.
fn json(bytes: &[u8], places: &[Place], columns: &[Column]) -> Result<Vec<RecordBatch>, String> {
    let mut cells: Vec<Vec<Value>> = columns.iter().map(|_| Vec::new()).collect();
    let mut found = Vec::new();
    let mut take = |object: &Json, cells: &mut Vec<Vec<Value>>| -> Result<(), String> {
        for (place, cells) in places.iter().zip(cells.iter_mut()) {
            let inner = place.path.iter().try_fold(object, |value, key| match value {
                Json::Array(items) => key.parse::<usize>().ok().and_then(|at| items.get(at)),
                other => other.get(key),
            });
            cells.push(inner.cloned().map_or(Value::Null(Type::Dynamic), Value::dynamic));
        }
        if cells.first().is_some_and(|cells| cells.len() == ROWS) {
            found.push(converted(columns, cells)?);
        }
        Ok(())
    };
    let text = String::from_utf8_lossy(bytes);
    for value in Deserializer::from_str(text.trim_start_matches('\u{feff}')).into_iter::<Json>() {
        match value.map_err(|error| error.to_string())? {
            Json::Array(items) => items.iter().try_for_each(|item| take(item, &mut cells))?,
            other => take(&other, &mut cells)?,
        }
    }
    if cells.first().is_some_and(|cells| !cells.is_empty()) {
        found.push(converted(columns, &mut cells)?);
    }
    Ok(found)
}

/// Dynamic values as the types of the columns.
fn converted(columns: &[Column], cells: &mut [Vec<Value>]) -> Result<RecordBatch, String> {
    let rows = cells.first().map_or(0, Vec::len);
    let mut arrays = Vec::with_capacity(columns.len());
    for (column, cells) in columns.iter().zip(cells) {
        let array = Value::to_array(Type::Dynamic, std::mem::take(cells));
        arrays.push(as_type(Type::Dynamic, column.ty, array, rows)?);
    }
    whole(columns, arrays, rows)
}

fn as_type(from: Type, to: Type, array: ArrayRef, rows: usize) -> Result<ArrayRef, String> {
    if from == to {
        return Ok(array);
    }
    let arguments = [Argument::rows(from, array)];
    let call = Call { arguments: &arguments, rows, returns: to };
    (conversion(to).evaluate)(&call).map_err(|error| error.to_string())
}

/// The columns of a file under the names and types wanted.
fn by_name(known: &[Column], batch: &RecordBatch, columns: &[Column]) -> Result<RecordBatch, String> {
    let rows = batch.num_rows();
    let mut arrays = Vec::with_capacity(columns.len());
    for column in columns {
        arrays.push(match known.iter().position(|known| known.name == column.name) {
            Some(at) => as_type(known[at].ty, column.ty, Arc::clone(batch.column(at)), rows)?,
            None => Value::to_array(column.ty, std::iter::repeat_n(Value::absent(column.ty), rows)),
        });
    }
    whole(columns, arrays, rows)
}
