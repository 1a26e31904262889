//! `geo_distance_point_to_polygon`: the distance of a place from a polygon.

use crate::function::*;
use crate::geo::point::EARTH_RADIUS;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_distance_point_to_polygon",
    summary: "Gives the shortest distance between a place and a polygon in meters; 0 inside.",
    signatures: &[signature(
        &[
            required("longitude", Accepts::Number, "Longitude of the place in degrees, -180 to 180."),
            required("latitude", Accepts::Number, "Latitude of the place in degrees, -90 to 90."),
            required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[
        example(
            "print round(geo_distance_point_to_polygon(3, 0, dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})), 3)",
            "111195.101",
        ),
        example(
            "print geo_distance_point_to_polygon(1, 1, dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}))",
            "0.0",
        ),
    ],
    evaluate: |call| {
        let polygons = call.polygons(2);
        call.reals(|row| {
            let polygons = polygons.at(row);
            let p = call.place(0, row)?;
            let distances = (*polygons).as_ref()?.iter().map(|polygon| polygon.distance(p));
            Some(distances.fold(f64::INFINITY, f64::min) * EARTH_RADIUS)
        })
    },
    ..DEFAULTS
};
