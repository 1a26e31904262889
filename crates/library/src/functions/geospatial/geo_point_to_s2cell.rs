//! `geo_point_to_s2cell`: the S2 cell around a place.

use crate::function::*;
use crate::geo::cell::{Cell, SMALLEST};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_point_to_s2cell",
    summary: "Gives the token of the S2 cell around a place.",
    signatures: &[signature(
        &[
            required("longitude", Accepts::Number, "Longitude of the place in degrees, -180 to 180."),
            required("latitude", Accepts::Number, "Latitude of the place in degrees, -90 to 90."),
            optional("level", Accepts::Integer, "The level of the cell, 0 to 30; 11 without it."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print geo_point_to_s2cell(-80.2, 25.8)", "88d9b6c"),
        example("print geo_point_to_s2cell(-80.2, 25.8, 8)", "88d9b"),
        example("print isempty(geo_point_to_s2cell(1, 1, 35))", "True"),
    ],
    evaluate: |call| {
        call.strings(|row| {
            let cell = || Some(Cell::around(call.place(0, row)?, call.level(2, row, 11, SMALLEST)?));
            cell().map(Cell::token).unwrap_or_default()
        })
    },
    ..DEFAULTS
};
