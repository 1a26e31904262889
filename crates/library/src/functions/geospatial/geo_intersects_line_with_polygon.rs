//! `geo_intersects_line_with_polygon`: whether a line meets a polygon.

use crate::function::*;
use crate::geo::overlay::{edges_meet, edges_of};
use crate::geo::polygon::Polygon;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_intersects_line_with_polygon",
    summary: "Tells whether a line has a place in common with a polygon, be it on its border.",
    signatures: &[signature(
        &[
            required("lineString", Accepts::Is(Type::Dynamic), "A GeoJSON LineString or MultiLineString."),
            required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example(
            "print geo_intersects_line_with_polygon(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}))",
            "True",
        ),
        example(
            "print geo_intersects_line_with_polygon(dynamic({'type':'LineString','coordinates':[[5,5],[6,6]]}), dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}))",
            "False",
        ),
    ],
    evaluate: |call| {
        let (lines, polygons) = (call.lines(0), call.polygons(1));
        call.bools(|row| {
            let (lines, polygons) = (lines.at(row), polygons.at(row));
            let (lines, polygons) = ((*lines).as_ref()?, (*polygons).as_ref()?);
            let begins_in = |polygon: &Polygon| lines.iter().any(|line| polygon.holds(line[0]));
            let meets =
                |polygon: &Polygon| begins_in(polygon) || edges_meet(edges_of(lines), polygon.edges());
            Some(polygons.iter().any(meets))
        })
    },
    ..DEFAULTS
};
