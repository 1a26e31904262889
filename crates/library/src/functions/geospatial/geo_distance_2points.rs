//! `geo_distance_2points`: the distance of two places.

use crate::function::*;
use crate::geo::ellipsoid::meters;
use crate::geo::geojson::Coordinates;
use crate::geo::point::EARTH_RADIUS;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_distance_2points",
    summary: "Gives the distance between two places in meters.",
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
            optional(
                "use_spheroid",
                Accepts::OneOf(&[Type::Bool, Type::Int, Type::Long, Type::Real]),
                "Whether to measure on the WGS-84 ellipsoid instead of the sphere.",
            ),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[
        example("print round(geo_distance_2points(0, 0, 0, 1), 3)", "111195.101"),
        example("print round(geo_distance_2points(0, 0, 0, 1, true), 3)", "110574.389"),
        example("print geo_distance_2points(300, 0, 0, 1)", ""),
    ],
    evaluate: |call| {
        call.reals(|row| {
            let (from, to) = (call.degrees(0, row)?, call.degrees(2, row)?);
            Some(if call.choice(4, row)? { meters(from, to) } else { between(from, to) })
        })
    },
    ..DEFAULTS
};

/// The distance on the sphere by half angles, which keeps the digits of short distances.
fn between((x1, y1): Coordinates, (x2, y2): Coordinates) -> f64 {
    let half = |a: f64, b: f64| (0.5 * (b.to_radians() - a.to_radians())).sin();
    let (up, across) = (half(y1, y2), half(x1, x2));
    let share = up * up + across * across * y1.to_radians().cos() * y2.to_radians().cos();
    2.0 * share.min(1.0).sqrt().asin() * EARTH_RADIUS
}
