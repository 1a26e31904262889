//! `geo_intersects_2lines`: whether two lines meet.

use crate::function::*;
use crate::geo::overlay::{edges_meet, edges_of};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_intersects_2lines",
    summary: "Tells whether two lines have a place in common.",
    signatures: &[signature(
        &[
            required("lineString1", Accepts::Is(Type::Dynamic), "A GeoJSON LineString or MultiLineString."),
            required("lineString2", Accepts::Is(Type::Dynamic), "Another."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example(
            "print geo_intersects_2lines(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), dynamic({'type':'LineString','coordinates':[[-1,2],[1,2]]}))",
            "True",
        ),
        example(
            "print geo_intersects_2lines(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}))",
            "False",
        ),
    ],
    evaluate: |call| {
        let (first, second) = (call.lines(0), call.lines(1));
        call.bools(|row| {
            let (first, second) = (first.at(row), second.at(row));
            Some(edges_meet(edges_of((*first).as_ref()?), edges_of((*second).as_ref()?)))
        })
    },
    ..DEFAULTS
};
