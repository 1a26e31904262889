//! `geo_polygon_simplify`: a polygon with fewer places.

use crate::function::*;
use crate::geo::geojson::polygon_json;
use crate::geo::simplify::{LARGEST, simplify_polygons};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_polygon_simplify",
    summary: "Replaces nearly straight parts of the border of a polygon by single edges; areas that collapse vanish.",
    signatures: &[signature(
        &[
            required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
            optional("tolerance", Accepts::Number, "How far the answer may stray in meters; 10 without it."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print array_length(geo_polygon_simplify(dynamic({'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0.99999,1],[0,0]]]})).coordinates[0])",
            "4",
        ),
        example(
            "print isnull(geo_polygon_simplify(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}), -1))",
            "True",
        ),
    ],
    evaluate: |call| {
        let polygons = call.polygon(0);
        call.dynamics(|row| {
            let meters = call.real_or(1, row, 10.0).filter(|meters| (0.0..=LARGEST).contains(meters))?;
            let polygon = polygons.at(row);
            simplify_polygons(std::slice::from_ref((*polygon).as_ref()?), meters).first().map(polygon_json)
        })
    },
    ..DEFAULTS
};
