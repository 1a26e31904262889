//! `geo_angle`: the angle between two lines.

use crate::function::*;
use crate::geo::edge::azimuth;
use crate::types::Type;
use std::f64::consts::TAU;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_angle",
    summary: "Gives the clockwise angle in radians from the line of the first two places to the line of the last two.",
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
            required(
                "p3_longitude",
                Accepts::Number,
                "Longitude of the third place in degrees, -180 to 180.",
            ),
            required("p3_latitude", Accepts::Number, "Latitude of the third place in degrees, -90 to 90."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[
        example("print round(degrees(geo_angle(0, 1, 0, 0, 1, 0)), 6)", "90.0"),
        example("print round(degrees(geo_angle(0, 1, 0, 0, -1, 0)), 6)", "270.0"),
        example("print isnull(geo_angle(0, 1, 0, 1, 1, 0))", "True"),
    ],
    evaluate: |call| {
        call.reals(|row| {
            let (before, corner, after) = (call.place(0, row)?, call.place(2, row)?, call.place(4, row)?);
            let angle = azimuth(corner, after)? - azimuth(corner, before)?;
            Some(angle.rem_euclid(TAU))
        })
    },
    ..DEFAULTS
};
