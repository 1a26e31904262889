//! `geo_s2cell_to_polygon`: the outline of an S2 cell.

use crate::function::*;
use crate::geo::cell::Cell;
use crate::geo::geojson::ring_json;
use crate::geo::point::Point;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_s2cell_to_polygon",
    summary: "Gives the outline of an S2 cell as a polygon.",
    signatures: &[signature(
        &[required("s2cell", Accepts::Text, "The token of the S2 cell.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print array_length(geo_s2cell_to_polygon('1234567').coordinates[0])", "5"),
        example("print isnull(geo_s2cell_to_polygon('a'))", "True"),
    ],
    evaluate: |call| {
        call.dynamics(|row| Some(ring_json(Cell::parse(&call[0].text(row))?.corners().map(Point::degrees))))
    },
    ..DEFAULTS
};
