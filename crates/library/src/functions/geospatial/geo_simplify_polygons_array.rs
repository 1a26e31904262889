//! `geo_simplify_polygons_array`: polygons with fewer places.

use crate::function::*;
use crate::geo::arguments::{Shapes, array_of_polygons};
use crate::geo::geojson::polygon_json;
use crate::geo::polygon::{Polygon, Ring};
use crate::geo::simplify::{LARGEST, simplify_polygons};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_simplify_polygons_array",
    summary: "Replaces nearly straight parts of the borders of polygons by single edges; borders that they share stay shared.",
    signatures: &[signature(
        &[
            required("polygons", Accepts::Is(Type::Dynamic), "Array of GeoJSON polygons."),
            optional("tolerance", Accepts::Number, "How far the answer may stray in meters; 10 without it."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print geo_simplify_polygons_array(pack_array(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}), dynamic({'type':'Polygon','coordinates':[[[2,0],[4,0],[4,2],[2,2],[2,0]]]}))).type",
            "MultiPolygon",
        ),
        example(
            "print isnull(geo_simplify_polygons_array(pack_array(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})), -1))",
            "True",
        ),
    ],
    evaluate: |call| {
        let polygons = Shapes::new(&call[0], array_of_polygons);
        call.dynamics(|row| {
            let meters = call.real_or(1, row, 10.0).filter(|meters| (0.0..=LARGEST).contains(meters))?;
            let simple = simplify_polygons((*polygons.at(row)).as_ref()?, meters);
            let rings: Vec<Ring> = simple.into_iter().flat_map(|polygon| polygon.rings).collect();
            (!rings.is_empty()).then(|| polygon_json(&Polygon { rings }))
        })
    },
    ..DEFAULTS
};
