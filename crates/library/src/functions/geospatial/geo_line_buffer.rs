//! `geo_line_buffer`: the area around a line.

use crate::function::*;
use crate::geo::buffer::{Width, buffer_lines};
use crate::geo::geojson::polygon_json;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_line_buffer",
    summary: "Gives the area within a distance of a line as a polygon.",
    signatures: &[signature(
        &[
            required("lineString", Accepts::Is(Type::Dynamic), "A GeoJSON LineString or MultiLineString."),
            required("radius", Accepts::Number, "The distance in meters, above 0."),
            optional(
                "tolerance",
                Accepts::Number,
                "How far the answer may reach beyond, in meters; 10 without it.",
            ),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print geo_point_in_polygon(0.1, 1.5, geo_line_buffer(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), 20000, 100))",
            "True",
        ),
        example(
            "print isnull(geo_line_buffer(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), 0))",
            "True",
        ),
    ],
    evaluate: |call| {
        let lines = call.lines(0);
        call.dynamics(|row| {
            let width = Width::new(call[1].real(row)?, call.real_or(2, row, 10.0)?)?;
            Some(polygon_json(&buffer_lines((*lines.at(row)).as_ref()?, width)))
        })
    },
    ..DEFAULTS
};
