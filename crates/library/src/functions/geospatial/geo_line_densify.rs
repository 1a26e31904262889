//! `geo_line_densify`: a straight line as a geodesic one.

use crate::function::*;
use crate::geo::arguments::Shapes;
use crate::geo::densify::densify;
use crate::geo::geojson::{Coordinates, line_coordinates, line_coordinates_json};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_line_densify",
    summary: "Adds places to a line that is straight on a map, so that geodesic edges follow it.",
    signatures: &[signature(
        &[
            required("lineString", Accepts::Is(Type::Dynamic), "A GeoJSON LineString or MultiLineString."),
            optional(
                "tolerance",
                Accepts::Number,
                "How far an edge may stray in meters, 0.1 to 10000; 10 without it.",
            ),
            optional(
                "preserve_crossing",
                Accepts::OneOf(&[Type::Bool, Type::Int, Type::Long, Type::Real]),
                "Whether edges wider than half the globe cross the antimeridian.",
            ),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print geo_line_densify(dynamic({'type':'LineString','coordinates':[[0,50],[2,50]]}), 100)",
        "{\"type\":\"LineString\",\"coordinates\":[[0,50],[0.5,50],[1,50],[1.5,50],[2,50]]}",
    )],
    evaluate: |call| {
        let lines = Shapes::new(&call[0], line_coordinates);
        let valid = call.lines(0);
        call.dynamics(|row| {
            let meters = call.real_or(1, row, 10.0).filter(|meters| (0.1..=10_000.0).contains(meters))?;
            let (over, lines, valid) = (call.choice(2, row)?, lines.at(row), valid.at(row));
            (*valid).as_ref()?;
            let dense = |line: &Vec<Coordinates>| densify(line, meters, over);
            let dense = (*lines).as_ref()?.iter().map(dense).collect::<Option<Vec<_>>>()?;
            Some(line_coordinates_json(&dense))
        })
    },
    ..DEFAULTS
};
