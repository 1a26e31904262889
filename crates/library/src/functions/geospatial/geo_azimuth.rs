//! `geo_azimuth`: the direction from one place to another.

use crate::function::*;
use crate::geo::edge::azimuth;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_azimuth",
    summary: "Gives the clockwise angle in radians from north to the line from one place to another.",
    signatures: &[signature(
        &[
            required(
                "p1_longitude",
                Accepts::Number,
                "Longitude of the first place in degrees, -180 to 180.",
            ),
            required("p1_latitude", Accepts::Number, "Latitude of the first place in degrees, -90 to 90."),
            required(
                "p2_longitude",
                Accepts::Number,
                "Longitude of the second place in degrees, -180 to 180.",
            ),
            required("p2_latitude", Accepts::Number, "Latitude of the second place in degrees, -90 to 90."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[
        example("print round(degrees(geo_azimuth(0, 0, 1, 0)), 6)", "90.0"),
        example("print round(degrees(geo_azimuth(0, 0, -1, 0)), 6)", "270.0"),
        example("print isnull(geo_azimuth(1, 1, 1, 1))", "True"),
    ],
    evaluate: |call| call.reals(|row| azimuth(call.place(0, row)?, call.place(2, row)?)),
    ..DEFAULTS
};
