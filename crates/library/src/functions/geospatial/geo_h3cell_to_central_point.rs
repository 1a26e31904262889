//! `geo_h3cell_to_central_point`: the place in the middle of an H3 cell.

use crate::function::*;
use crate::geo::geojson::pair;
use crate::geo::hexagon;
use crate::types::Type;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_h3cell_to_central_point",
    summary: "Gives the place in the middle of an H3 cell.",
    signatures: &[signature(
        &[required("h3cell", Accepts::Text, "The name of the H3 cell.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print geo_h3cell_to_central_point('862a1072fffffff').type", "Point")],
    evaluate: |call| {
        call.dynamics(|row| {
            let center = pair(hexagon::center(hexagon::parse(&call[0].text(row))?));
            Some(json!({"type": "Point", "coordinates": center}))
        })
    },
    ..DEFAULTS
};
