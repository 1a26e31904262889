//! `geo_distance_point_to_line`: the distance of a place from a line.

use crate::function::*;
use crate::geo::edge::distance;
use crate::geo::overlay::edges_of;
use crate::geo::point::EARTH_RADIUS;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_distance_point_to_line",
    summary: "Gives the shortest distance between a place and a line in meters.",
    signatures: &[signature(
        &[
            required("longitude", Accepts::Number, "Longitude of the place in degrees, -180 to 180."),
            required("latitude", Accepts::Number, "Latitude of the place in degrees, -90 to 90."),
            required("lineString", Accepts::Is(Type::Dynamic), "A GeoJSON LineString or MultiLineString."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[
        example(
            "print round(geo_distance_point_to_line(1, 2, dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]})), 3)",
            "111127.357",
        ),
        example(
            "print geo_distance_point_to_line(0, 100, dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}))",
            "",
        ),
    ],
    evaluate: |call| {
        let lines = call.lines(2);
        call.reals(|row| {
            let lines = lines.at(row);
            let p = call.place(0, row)?;
            let distances = edges_of((*lines).as_ref()?).map(|(a, b)| distance(p, a, b));
            Some(distances.fold(f64::INFINITY, f64::min) * EARTH_RADIUS)
        })
    },
    ..DEFAULTS
};
