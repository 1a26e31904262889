//! `geo_point_in_circle`: whether a place lies in a circle.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_point_in_circle",
    summary: "Tells whether a place lies within a distance of another.",
    signatures: &[signature(
        &[
            required("p_longitude", Accepts::Number, "Longitude of the place in degrees, -180 to 180."),
            required("p_latitude", Accepts::Number, "Latitude of the place in degrees, -90 to 90."),
            required("pc_longitude", Accepts::Number, "Longitude of the center in degrees, -180 to 180."),
            required("pc_latitude", Accepts::Number, "Latitude of the center in degrees, -90 to 90."),
            required("c_radius", Accepts::Number, "The distance in meters, at least 0."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print geo_point_in_circle(0, 1, 0, 0, 120000)", "True"),
        example("print geo_point_in_circle(0, 1, 0, 0, 110000)", "False"),
        example("print isnull(geo_point_in_circle(0, 1, 0, 0, -1))", "True"),
    ],
    evaluate: |call| {
        call.bools(|row| {
            let (p, center) = (call.place(0, row)?, call.place(2, row)?);
            let radius = call[4].real(row).filter(|radius| *radius >= 0.0)?;
            Some(p.meters(center) <= radius)
        })
    },
    ..DEFAULTS
};
