//! `geo_intersection_line_with_polygon`: the part of a line in a polygon.

use crate::function::*;
use crate::geo::overlay::lines_in_polygon;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_intersection_line_with_polygon",
    summary: "Gives the parts of a line that lie in a polygon, or places where it only touches.",
    signatures: &[signature(
        &[
            required("lineString", Accepts::Is(Type::Dynamic), "A GeoJSON LineString or MultiLineString."),
            required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print geo_intersection_line_with_polygon(dynamic({'type':'LineString','coordinates':[[1,1],[1,5]]}), dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})).type",
        "LineString",
    )],
    evaluate: |call| {
        let (lines, polygons) = (call.lines(0), call.polygon(1));
        call.dynamics(|row| {
            let (lines, polygon) = (lines.at(row), polygons.at(row));
            Some(lines_in_polygon((*lines).as_ref()?, (*polygon).as_ref()?).json())
        })
    },
    ..DEFAULTS
};
