//! `geo_line_length`: the length of a line.

use crate::function::*;
use crate::geo::overlay::edges_of;
use crate::geo::point::EARTH_RADIUS;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_line_length",
    summary: "Gives the length of a line in meters; parts that several lines share count once.",
    signatures: &[signature(
        &[required("lineString", Accepts::Is(Type::Dynamic), "A GeoJSON LineString or MultiLineString.")],
        Returns::Is(Type::Real),
    )],
    examples: &[example(
        "print round(geo_line_length(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]})), 3)",
        "333585.304",
    )],
    evaluate: |call| {
        let lines = call.distinct_lines(0);
        call.reals(|row| {
            let lines = lines.at(row);
            let length: f64 = edges_of((*lines).as_ref()?).map(|(a, b)| a.angle(b)).sum();
            Some(length * EARTH_RADIUS)
        })
    },
    ..DEFAULTS
};
