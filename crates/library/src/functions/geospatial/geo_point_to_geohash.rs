//! `geo_point_to_geohash`: the geohash around a place.

use crate::function::*;
use crate::geo::geohash::{Geohash, LONGEST};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_point_to_geohash",
    summary: "Gives the geohash around a place.",
    signatures: &[signature(
        &[
            required("longitude", Accepts::Number, "Longitude of the place in degrees, -180 to 180."),
            required("latitude", Accepts::Number, "Latitude of the place in degrees, -90 to 90."),
            optional("accuracy", Accepts::Integer, "The number of letters, 1 to 18; 5 without it."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print geo_point_to_geohash(-80.2, 25.8)", "dhwfz"),
        example("print geo_point_to_geohash(-80.2, 25.8, 8)", "dhwfz08p"),
        example("print isempty(geo_point_to_geohash(200, 25.8))", "True"),
    ],
    evaluate: |call| {
        call.strings(|row| {
            let word = || {
                let length = call.level(2, row, 5, LONGEST).filter(|length| *length > 0)?;
                Some(Geohash::around(call.degrees(0, row)?, length).word())
            };
            word().unwrap_or_default()
        })
    },
    ..DEFAULTS
};
