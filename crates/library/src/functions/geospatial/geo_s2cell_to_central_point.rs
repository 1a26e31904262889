//! `geo_s2cell_to_central_point`: the place in the middle of an S2 cell.

use crate::function::*;
use crate::geo::cell::Cell;
use crate::geo::geojson::point_json;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_s2cell_to_central_point",
    summary: "Gives the place in the middle of an S2 cell.",
    signatures: &[signature(
        &[required("s2cell", Accepts::Text, "The token of the S2 cell.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print geo_s2cell_to_central_point('1')", "{\"type\":\"Point\",\"coordinates\":[0,0]}"),
        example("print isnull(geo_s2cell_to_central_point('a'))", "True"),
    ],
    evaluate: |call| call.dynamics(|row| Some(point_json(Cell::parse(&call[0].text(row))?.center()))),
    ..DEFAULTS
};
