//! `geo_polygon_lookup`: rows with the polygons near their place.

use crate::call::EvaluateError;
use crate::function::{Accepts, constant, example, optional, required};
use crate::geo::geojson;
use crate::geo::lookup::{self, HINT, KEY, LATITUDE, LONGITUDE, UNMATCHED, WITH_KEY};
use crate::geo::point::EARTH_RADIUS;
use crate::plugin::*;
use crate::types::{Column, Type};
use arrow::array::ArrayRef;

/// `T | evaluate geo_polygon_lookup(Areas, area, longitude, latitude)`
pub const PLUGIN: Plugin = Plugin {
    name: "geo_polygon_lookup",
    summary: "Adds the columns of the rows of another table whose polygon holds the place of a row.",
    // The polygon stands before the place or behind it.
    signatures: &[
        &[TABLE, SHAPE, LONGITUDE, LATITUDE, RADIUS, UNMATCHED, HINT, WITH_KEY],
        &[TABLE, LONGITUDE, LATITUDE, SHAPE, RADIUS, UNMATCHED, HINT, WITH_KEY],
    ],
    work: Work::Rows(Rows { columns, ordered: true, evaluate }),
    examples: &[example(
        "print x = 1.0, y = 1.0 | evaluate geo_polygon_lookup((print who = 'a', area = dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,0]]]})), area, x, y) | project who",
        "a",
    )],
};

const TABLE: Slot = slot(Takes::Table, required("LookupTable", Accepts::Any, "The table of polygons."));
const SHAPE: Slot =
    slot(Takes::TableColumn, required(KEY, Accepts::Is(Type::Dynamic), "The column of polygons as GeoJSON."));
const RADIUS: Slot = slot(
    Takes::Constant,
    constant(optional(
        "radius",
        Accepts::Number,
        "How far from a polygon a place may be in meters; inside when left out.",
    )),
);

fn columns(call: &PluginCall) -> Result<Vec<Column>, String> {
    Ok(lookup::columns(call))
}

fn evaluate(call: &PluginCall, rows: &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError> {
    let radius = call.real("radius").map(|meters| meters / EARTH_RADIUS);
    lookup::evaluate(call, rows, geojson::polygons, |polygons, place| match radius {
        Some(radius) => polygons.iter().any(|polygon| polygon.distance(place) <= radius),
        None => polygons.iter().any(|polygon| polygon.holds(place)),
    })
}
