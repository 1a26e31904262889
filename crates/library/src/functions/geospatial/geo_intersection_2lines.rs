//! `geo_intersection_2lines`: where two lines meet.

use crate::function::*;
use crate::geo::overlay::lines_in_common;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_intersection_2lines",
    summary: "Gives what two lines have in common: places where they cross, lines where they run together.",
    signatures: &[signature(
        &[
            required("lineString1", Accepts::Is(Type::Dynamic), "A GeoJSON LineString or MultiLineString."),
            required("lineString2", Accepts::Is(Type::Dynamic), "Another."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print geo_intersection_2lines(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), dynamic({'type':'LineString','coordinates':[[0,2],[5,5]]}))",
            "{\"type\":\"Point\",\"coordinates\":[0,2]}",
        ),
        example(
            "print geo_intersection_2lines(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}))",
            "{\"type\":\"GeometryCollection\",\"geometries\":[]}",
        ),
    ],
    evaluate: |call| {
        let (first, second) = (call.lines(0), call.lines(1));
        call.dynamics(|row| {
            let (first, second) = (first.at(row), second.at(row));
            Some(lines_in_common((*first).as_ref()?, (*second).as_ref()?).json())
        })
    },
    ..DEFAULTS
};
