//! `geo_polygon_densify`: a straight polygon as a geodesic one.

use crate::function::*;
use crate::geo::arguments::Shapes;
use crate::geo::densify::densify;
use crate::geo::geojson::{Coordinates, place, polygon_coordinates, polygon_coordinates_json};
use crate::geo::point::Point;
use crate::geo::polygon::curvature;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_polygon_densify",
    summary: "Adds places to a polygon that is straight on a map, so that geodesic edges follow it.",
    signatures: &[signature(
        &[
            required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
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
        "print geo_polygon_densify(dynamic({'type':'Polygon','coordinates':[[[0,50],[2,50],[1,51],[0,50]]]}), 100)",
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,50],[0.5,50],[1,50],[1.5,50],[2,50],[1.75,50.25],[1.5,50.5],[1.25,50.75],[1,51],[0.75,50.75],[0.5,50.5],[0.25,50.25],[0,50]]]}",
    )],
    evaluate: |call| {
        let shapes = Shapes::new(&call[0], polygon_coordinates);
        let valid = call.polygons(0);
        call.dynamics(|row| {
            let meters = call.real_or(1, row, 10.0).filter(|meters| (0.1..=10_000.0).contains(meters))?;
            let (over, shapes, valid) = (call.choice(2, row)?, shapes.at(row), valid.at(row));
            (*valid).as_ref()?;
            let ring = |ring: &Vec<Coordinates>| densify(&counterclockwise(ring), meters, over);
            let rings = |rings: &Vec<Vec<_>>| rings.iter().map(ring).collect::<Option<Vec<_>>>();
            let dense = (*shapes).as_ref()?.iter().map(rings).collect::<Option<Vec<_>>>()?;
            Some(polygon_coordinates_json(&dense))
        })
    },
    ..DEFAULTS
};

/// The ring with its smaller side to the left.
fn counterclockwise(ring: &[Coordinates]) -> Vec<Coordinates> {
    let open: Vec<Point> = ring[..ring.len() - 1].iter().copied().map(place).collect();
    let mut ring = ring.to_vec();
    if curvature(&open) < 0.0 {
        // As in the other answers, the last place comes first.
        ring.pop();
        ring.reverse();
        ring.extend(ring.first().copied());
    }
    ring
}
