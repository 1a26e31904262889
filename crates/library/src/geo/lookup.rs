//! Rows with the rows of another table whose shape is near their place: `geo_polygon_lookup`, `geo_line_lookup`. In: a
//! plugin's call and rows, a test of a shape and a place. Out: a row for each pair, in the order of both tables.

use super::geojson::Coordinates;
use super::point::Point;
use crate::call::{Argument, EvaluateError};
use crate::function::{Accepts, constant, optional, required};
use crate::plugin::{PluginCall, PluginRows, Slot, Takes, free_name, slot};
use crate::types::{Column, Type};
use crate::value::{Json, Value};
use arrow::array::{ArrayRef, UInt32Array};

/// The columns of the input, then those of the other table.
pub fn columns(call: &PluginCall) -> Vec<Column> {
    let mut columns = call.input().to_vec();
    for place in kept(call) {
        let column = &call.lookup[place];
        let name = free_name(&column.name, &columns);
        columns.push(Column::new(name, column.ty));
    }
    columns
}

/// Places of the other table's columns that the answer has.
fn kept(call: &PluginCall) -> Vec<usize> {
    let without = (call.bool("return_lookup_key") == Some(false)).then(|| call.table_place(KEY));
    (0..call.lookup.len()).filter(|place| Some(*place) != without).collect()
}

/// The slot of the shapes.
pub const KEY: &str = "LookupKey";

/// Where the place is.
pub const LONGITUDE: Slot =
    slot(Takes::Value, required("SourceLongitude", Accepts::Number, "Longitude of the place in degrees."));

/// Where the place is.
pub const LATITUDE: Slot =
    slot(Takes::Value, required("SourceLatitude", Accepts::Number, "Latitude of the place in degrees."));

/// What becomes of rows without a match.
pub const UNMATCHED: Slot = slot(
    Takes::Constant,
    constant(optional(
        "return_unmatched",
        Accepts::Is(Type::Bool),
        "Whether rows without a match stay; false when left out.",
    )),
);

/// Accepted for Kusto's sake.
pub const HINT: Slot = slot(
    Takes::Constant,
    constant(optional("lookup_area_radius", Accepts::Number, "A hint that changes no answer.")),
);

/// Whether the shape is shown.
pub const WITH_KEY: Slot = slot(
    Takes::Constant,
    constant(optional(
        "return_lookup_key",
        Accepts::Is(Type::Bool),
        "Whether the shape is in the answer; true when left out.",
    )),
);

/// A row for each shape that `near` finds a place to match.
pub fn evaluate<T>(
    call: &PluginCall,
    rows: &PluginRows,
    read: fn(&Json) -> Option<T>,
    near: impl Fn(&T, Point) -> bool,
) -> Result<Vec<ArrayRef>, EvaluateError> {
    let missing = || EvaluateError("a column is missing".to_owned());
    let column = |slot: &str| rows.columns.get(call.place(slot)).ok_or_else(missing);
    let (longitudes, latitudes) = (column("SourceLongitude")?, column("SourceLatitude")?);
    let keys = rows.lookup.get(call.table_place(KEY)).ok_or_else(missing)?;
    let shapes: Vec<Option<T>> =
        (0..rows.lookup_rows).map(|row| keys.json(row).and_then(|json| read(&json))).collect();
    let unmatched = call.bool("return_unmatched").unwrap_or(false);
    let (mut left, mut right): (Vec<u32>, Vec<Option<u32>>) = (Vec::new(), Vec::new());
    for row in 0..rows.rows {
        if row % 1024 == 0 {
            rows.go_on()?;
        }
        let place: Option<Coordinates> = longitudes.real(row).zip(latitudes.real(row));
        let place = place.and_then(|(longitude, latitude)| Point::at(longitude, latitude));
        let before = left.len();
        for (index, shape) in shapes.iter().enumerate() {
            if shape.as_ref().zip(place).is_some_and(|(shape, place)| near(shape, place)) {
                left.push(row as u32);
                right.push(Some(index as u32));
            }
        }
        if left.len() == before && unmatched {
            left.push(row as u32);
            right.push(None);
        }
    }
    let left: Vec<Option<u32>> = left.into_iter().map(Some).collect();
    let mut arrays = Vec::new();
    for cells in &rows.columns[..call.shown] {
        arrays.push(taken(cells, rows.rows, &left)?);
    }
    for place in kept(call) {
        arrays.push(taken(rows.lookup.get(place).ok_or_else(missing)?, rows.lookup_rows, &right)?);
    }
    Ok(arrays)
}

/// The cells of those rows; of no row null, and the empty text.
fn taken(cells: &Argument, rows: usize, places: &[Option<u32>]) -> Result<ArrayRef, EvaluateError> {
    if cells.ty == Type::String {
        let text = |row: &Option<u32>| row.map_or("", |row| cells.raw(row as usize)).to_owned();
        return Ok(Value::to_array(Type::String, places.iter().map(|row| Value::String(text(row)))));
    }
    let places: UInt32Array = places.iter().copied().collect();
    arrow::compute::take(&cells.column(rows), &places, None).map_err(|error| EvaluateError(error.to_string()))
}
