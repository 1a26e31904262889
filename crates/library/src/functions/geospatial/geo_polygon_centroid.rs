//! `geo_polygon_centroid`: the middle of a polygon.

use crate::function::*;
use crate::geo::geojson::point_json;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_polygon_centroid",
    summary: "Gives the center of mass of a polygon.",
    signatures: &[signature(
        &[required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print round(todouble(geo_polygon_centroid(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})).coordinates[0]), 6)",
        "1.0",
    )],
    evaluate: |call| {
        let polygons = call.polygon(0);
        call.dynamics(|row| Some(point_json((*polygons.at(row)).as_ref()?.centroid())))
    },
    ..DEFAULTS
};
