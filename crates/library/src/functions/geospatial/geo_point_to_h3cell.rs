//! `geo_point_to_h3cell`: the H3 cell around a place.

use crate::function::*;
use crate::geo::hexagon;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_point_to_h3cell",
    summary: "Gives the H3 cell around a place.",
    signatures: &[signature(
        &[
            required("longitude", Accepts::Number, "Longitude of the place in degrees, -180 to 180."),
            required("latitude", Accepts::Number, "Latitude of the place in degrees, -90 to 90."),
            optional("resolution", Accepts::Integer, "The resolution of the cell, 0 to 15; 6 without it."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print geo_point_to_h3cell(-74.04, 40.69)", "862a1072fffffff"),
        example("print geo_point_to_h3cell(-74.04, 40.69, 9)", "892a1072b53ffff"),
        example("print isempty(geo_point_to_h3cell(1, 1, 16))", "True"),
    ],
    evaluate: |call| {
        call.strings(|row| {
            let cell = || hexagon::around(call.degrees(0, row)?, call.level(2, row, 6, 15)?);
            cell().map(|cell| cell.to_string()).unwrap_or_default()
        })
    },
    ..DEFAULTS
};
