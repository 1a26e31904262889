//! `geo_polygon_perimeter`: the length of the border of a polygon.

use crate::function::*;
use crate::geo::point::EARTH_RADIUS;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_polygon_perimeter",
    summary: "Gives the length of the border of a polygon in meters, holes included.",
    signatures: &[signature(
        &[required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon.")],
        Returns::Is(Type::Real),
    )],
    examples: &[example(
        "print round(geo_polygon_perimeter(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})), 3)",
        "889425.322",
    )],
    evaluate: |call| {
        let polygons = call.polygon(0);
        call.reals(|row| Some((*polygons.at(row)).as_ref()?.perimeter() * EARTH_RADIUS))
    },
    ..DEFAULTS
};
