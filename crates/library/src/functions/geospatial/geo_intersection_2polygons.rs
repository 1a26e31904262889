//! `geo_intersection_2polygons`: the area of both of two polygons.

use crate::function::*;
use crate::geo::overlay::polygons_in_common;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_intersection_2polygons",
    summary: "Gives what two polygons have in common; where they only touch, places or lines.",
    signatures: &[signature(
        &[
            required("polygon1", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
            required("polygon2", Accepts::Is(Type::Dynamic), "Another."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print geo_intersection_2polygons(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}), dynamic({'type':'Polygon','coordinates':[[[2,0],[4,0],[4,2],[2,2],[2,0]]]})).type",
            "LineString",
        ),
        example(
            "print geo_intersection_2polygons(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}), dynamic({'type':'Polygon','coordinates':[[[5,5],[6,5],[6,6],[5,5]]]}))",
            "{\"type\":\"GeometryCollection\",\"geometries\":[]}",
        ),
    ],
    evaluate: |call| {
        let (first, second) = (call.polygon(0), call.polygon(1));
        call.dynamics(|row| {
            let (first, second) = (first.at(row), second.at(row));
            Some(polygons_in_common((*first).as_ref()?, (*second).as_ref()?).json())
        })
    },
    ..DEFAULTS
};
