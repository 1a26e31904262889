//! `geo_polygon_area`: the area of a polygon.

use crate::function::*;
use crate::geo::point::EARTH_RADIUS;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_polygon_area",
    summary: "Gives the area of a polygon in square meters.",
    signatures: &[signature(
        &[required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon.")],
        Returns::Is(Type::Real),
    )],
    examples: &[
        example(
            "print round(geo_polygon_area(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})) / 1e6, 3)",
            "49452.374",
        ),
        example(
            "print isnull(geo_polygon_area(dynamic({'type':'Polygon','coordinates':[[[0,0],[1,1],[0,0]]]})))",
            "True",
        ),
    ],
    evaluate: |call| {
        let polygons = call.polygon(0);
        call.reals(|row| Some((*polygons.at(row)).as_ref()?.area() * EARTH_RADIUS * EARTH_RADIUS))
    },
    ..DEFAULTS
};
