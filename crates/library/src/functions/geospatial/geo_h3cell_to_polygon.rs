//! `geo_h3cell_to_polygon`: the outline of an H3 cell.

use crate::function::*;
use crate::geo::geojson::ring_json;
use crate::geo::hexagon;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_h3cell_to_polygon",
    summary: "Gives the outline of an H3 cell as a polygon.",
    signatures: &[signature(
        &[required("h3cell", Accepts::Text, "The name of the H3 cell.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print array_length(geo_h3cell_to_polygon('862a1072fffffff').coordinates[0])", "7"),
        example("print isnull(geo_h3cell_to_polygon('abc'))", "True"),
    ],
    evaluate: |call| {
        call.dynamics(|row| Some(ring_json(hexagon::corners(hexagon::parse(&call[0].text(row))?))))
    },
    ..DEFAULTS
};
