//! `geo_line_centroid`: the middle of a line.

use crate::function::*;
use crate::geo::geojson::point_json;
use crate::geo::overlay::edges_of;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_line_centroid",
    summary: "Gives the center of mass of a line.",
    signatures: &[signature(
        &[required("lineString", Accepts::Is(Type::Dynamic), "A GeoJSON LineString or MultiLineString.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print round(todouble(geo_line_centroid(dynamic({'type':'LineString','coordinates':[[0,0],[0,0.5]]})).coordinates[1]), 6)",
            "0.25",
        ),
        example(
            "print isnull(geo_line_centroid(dynamic({'type':'LineString','coordinates':[[0,0]]})))",
            "True",
        ),
    ],
    evaluate: |call| {
        let lines = call.distinct_lines(0);
        call.dynamics(|row| {
            let lines = lines.at(row);
            let middles = edges_of((*lines).as_ref()?)
                .map(|(a, b)| (a + b) * ((a - b).norm2() / (a + b).norm2()).sqrt());
            Some(point_json(middles.reduce(|a, b| a + b)?.normalize()))
        })
    },
    ..DEFAULTS
};
