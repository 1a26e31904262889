//! `geo_line_simplify`: a line with fewer places.

use crate::function::*;
use crate::geo::geojson::lines_json;
use crate::geo::simplify::{LARGEST, simplify_lines};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_line_simplify",
    summary: "Replaces nearly straight parts of a line by single edges; lines that collapse vanish.",
    signatures: &[signature(
        &[
            required("lineString", Accepts::Is(Type::Dynamic), "A GeoJSON LineString or MultiLineString."),
            optional("tolerance", Accepts::Number, "How far the answer may stray in meters; 10 without it."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print geo_line_simplify(dynamic({'type':'LineString','coordinates':[[0,0],[0,0.00001],[0,0.5]]}))",
            "{\"type\":\"LineString\",\"coordinates\":[[0,0],[0,0.5]]}",
        ),
        example(
            "print isnull(geo_line_simplify(dynamic({'type':'LineString','coordinates':[[0,0],[0,1]]}), 200000))",
            "True",
        ),
    ],
    evaluate: |call| {
        let lines = call.distinct_lines(0);
        call.dynamics(|row| {
            let meters = call.real_or(1, row, 10.0).filter(|meters| (0.0..=LARGEST).contains(meters))?;
            let simple = simplify_lines((*lines.at(row)).as_ref()?, meters);
            (!simple.is_empty()).then(|| lines_json(&simple))
        })
    },
    ..DEFAULTS
};
