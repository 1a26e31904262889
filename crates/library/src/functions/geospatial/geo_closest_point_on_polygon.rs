//! `geo_closest_point_on_polygon`: the place of a polygon closest to another.

use crate::function::*;
use crate::geo::geojson::point_json;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_closest_point_on_polygon",
    summary: "Gives the place of a polygon that is closest to a place; one inside is its own answer.",
    signatures: &[signature(
        &[
            required("longitude", Accepts::Number, "Longitude of the place in degrees, -180 to 180."),
            required("latitude", Accepts::Number, "Latitude of the place in degrees, -90 to 90."),
            required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print round(todouble(geo_closest_point_on_polygon(3, 1, dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})).coordinates[0]), 6)",
            "2.0",
        ),
        example(
            "print isnull(geo_closest_point_on_polygon(300, 0, dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})))",
            "True",
        ),
    ],
    evaluate: |call| {
        let polygons = call.polygon(2);
        call.dynamics(|row| {
            let polygon = polygons.at(row);
            Some(point_json((*polygon).as_ref()?.closest(call.place(0, row)?)))
        })
    },
    ..DEFAULTS
};
