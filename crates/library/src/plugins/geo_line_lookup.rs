//! `geo_line_lookup`: rows with the lines near their place.

use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, required};
use crate::geo::edge::distance;
use crate::geo::geojson;
use crate::geo::lookup::{self, HINT, KEY, LATITUDE, LONGITUDE, UNMATCHED, WITH_KEY};
use crate::geo::overlay::edges_of;
use crate::geo::point::EARTH_RADIUS;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::ArrayRef;

/// `T | evaluate geo_line_lookup(Roads, way, longitude, latitude, 100)`
pub const PLUGIN: Plugin = Plugin {
    name: "geo_line_lookup",
    summary: "Adds the columns of the rows of another table whose line is near the place of a row.",
    // The line stands before the place or behind it.
    signatures: &[
        &[TABLE, SHAPE, LONGITUDE, LATITUDE, RADIUS, UNMATCHED, HINT, WITH_KEY],
        &[TABLE, LONGITUDE, LATITUDE, SHAPE, RADIUS, UNMATCHED, HINT, WITH_KEY],
    ],
    work: Work::Rows(Rows { columns, ordered: true, evaluate }),
    examples: &[example(
        "print x = 1.0, y = 1.0 | evaluate geo_line_lookup((print who = 'a', way = dynamic({'type':'LineString','coordinates':[[0,0],[2,2]]})), way, x, y, 500) | project who",
        "a",
    )],
};

const TABLE: Slot = slot(Takes::Table, required("LookupTable", Accepts::Any, "The table of lines."));
const SHAPE: Slot =
    slot(Takes::TableColumn, required(KEY, Accepts::Is(Type::Dynamic), "The column of lines as GeoJSON."));
const RADIUS: Slot = slot(
    Takes::Constant,
    constant(required("radius", Accepts::Number, "How far from a line a place may be in meters.")),
);

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    Ok(lookup::columns(call))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let radius = call.real("radius").unwrap_or_default() / EARTH_RADIUS;
    lookup::evaluate(call, rows, geojson::lines, |lines, place| {
        edges_of(lines).any(|(a, b)| distance(place, a, b) <= radius)
    })
}
