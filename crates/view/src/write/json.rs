//! Answers as JSON. Cells: null, true and false; int, long and finite real as numbers, other reals as `"NaN"`,
//! `"Infinity"`, `"-Infinity"`; decimal as text, so that no digit is lost; datetime `"2020-01-02T03:04:05.6Z"`; timespan
//! `"1.02:03:04.5000000"`; string and guid as text; dynamic as the JSON it holds.

use crate::text::acts;
use arrow::array::{Array, AsArray};
use arrow::datatypes::{Decimal256Type, Float64Type, Int32Type, Int64Type};
use calypso_library::format::{datetime_short, decimal_text, timespan_text};
use calypso_library::{Answer, Column, Json, Type};
use serde_json::{Map, json};
use std::io::{self, Write};

/// The JSON of the cell at `row` of an array that holds `ty`.
pub fn json_cell(ty: Type, array: &dyn Array, row: usize) -> Json {
    if array.is_null(row) {
        return if ty == Type::String { Json::from("") } else { Json::Null };
    }
    let ticks = || array.as_primitive::<Int64Type>().value(row);
    match ty {
        Type::Bool => array.as_boolean().value(row).into(),
        Type::Int => array.as_primitive::<Int32Type>().value(row).into(),
        Type::Long => ticks().into(),
        Type::Real => real(array.as_primitive::<Float64Type>().value(row)),
        Type::Decimal => decimal_text(array.as_primitive::<Decimal256Type>().value(row)).into(),
        Type::DateTime => datetime_short(ticks()).into(),
        Type::TimeSpan => timespan_text(ticks()).into(),
        Type::String | Type::Guid => array.as_string_view().value(row).into(),
        Type::Dynamic => {
            let text = array.as_string_view().value(row);
            serde_json::from_str(text).unwrap_or_else(|_| Json::from(text))
        }
    }
}

/// A real: a number where JSON has one for it.
fn real(value: f64) -> Json {
    if value.is_finite() {
        value.into()
    } else if value.is_nan() {
        "NaN".into()
    } else if value > 0.0 {
        "Infinity".into()
    } else {
        "-Infinity".into()
    }
}

/// `{"columns":[{"name","type"}],"rows":[[…]]}`.
pub fn batch_json(answer: &Answer) -> Json {
    let mut rows = Vec::with_capacity(answer.rows());
    for batch in &answer.batches {
        for row in 0..batch.num_rows() {
            let cells = answer.columns.iter().zip(batch.columns());
            rows.push(Json::Array(cells.map(|(c, array)| json_cell(c.ty, array, row)).collect()));
        }
    }
    json!({ "columns": columns(&answer.columns), "rows": rows })
}

/// `[{"name","type"}]`.
fn columns(columns: &[Column]) -> Json {
    columns.iter().map(|c| json!({ "name": c.name, "type": c.ty.name() })).collect()
}

/// JSON as text on one line in which nothing acts on a terminal: characters that would are written as `\u` escapes,
/// which changes no value, since they occur in strings only.
pub fn json_text(value: &Json) -> String {
    let text = value.to_string();
    if !text.chars().any(acts) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if acts(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// One object as `batch_json` gives it, a row a line.
pub fn write_json(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"columns\":{},\n\"rows\":[", json_text(&columns(&answer.columns)))?;
    let mut separator = "\n";
    for batch in &answer.batches {
        for row in 0..batch.num_rows() {
            let cells = answer.columns.iter().zip(batch.columns());
            let cells = Json::Array(cells.map(|(c, array)| json_cell(c.ty, array, row)).collect());
            write!(out, "{separator}{}", json_text(&cells))?;
            separator = ",\n";
        }
    }
    out.write_all(b"]}\n")
}

/// One object a row, a line each; of two columns of one name the later wins.
pub fn write_ndjson(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    for batch in &answer.batches {
        for row in 0..batch.num_rows() {
            let cells = answer.columns.iter().zip(batch.columns());
            let object: Map<String, Json> =
                cells.map(|(c, array)| (c.name.clone(), json_cell(c.ty, array, row))).collect();
            writeln!(out, "{}", json_text(&Json::Object(object)))?;
        }
    }
    Ok(())
}
