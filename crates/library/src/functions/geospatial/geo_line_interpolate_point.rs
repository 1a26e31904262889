//! `geo_line_interpolate_point`: the place at a share of a line.

use crate::function::*;
use crate::geo::arguments::Shapes;
use crate::geo::edge::onward;
use crate::geo::geojson::{Line, point_json, single_line};
use crate::geo::point::Point;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_line_interpolate_point",
    summary: "Gives the place on a line at a share of its length.",
    signatures: &[signature(
        &[
            required("lineString", Accepts::Is(Type::Dynamic), "A GeoJSON LineString."),
            required("fraction", Accepts::Number, "The share of the length, 0 to 1."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print geo_line_interpolate_point(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), 0)",
            "{\"type\":\"Point\",\"coordinates\":[0,0]}",
        ),
        example(
            "print round(todouble(geo_line_interpolate_point(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), 0.5).coordinates[1]), 6)",
            "1.5",
        ),
        example(
            "print isnull(geo_line_interpolate_point(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), 2))",
            "True",
        ),
    ],
    evaluate: |call| {
        let lines = Shapes::new(&call[0], single_line);
        call.dynamics(|row| {
            let fraction = call[1].real(row).filter(|fraction| (0.0..=1.0).contains(fraction))?;
            Some(point_json(along((*lines.at(row)).as_ref()?, fraction)))
        })
    },
    ..DEFAULTS
};

/// The place at a share of the length.
fn along(line: &Line, fraction: f64) -> Point {
    let length: f64 = line.windows(2).map(|edge| edge[0].angle(edge[1])).sum();
    let mut left = fraction * length;
    for edge in line.windows(2) {
        let step = edge[0].angle(edge[1]);
        if left < step {
            return if left == 0.0 { edge[0] } else { onward(left, edge[0], edge[1]) };
        }
        left -= step;
    }
    line[line.len() - 1]
}
