//! `geo_intersects_2polygons`: whether two polygons meet.

use crate::function::*;
use crate::geo::overlay::edges_meet;
use crate::geo::polygon::Polygon;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_intersects_2polygons",
    summary: "Tells whether two polygons have a place in common, be it on their borders.",
    signatures: &[signature(
        &[
            required("polygon1", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
            required("polygon2", Accepts::Is(Type::Dynamic), "Another."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example(
            "print geo_intersects_2polygons(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}), dynamic({'type':'Polygon','coordinates':[[[2,0],[4,0],[4,2],[2,2],[2,0]]]}))",
            "True",
        ),
        example(
            "print geo_intersects_2polygons(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}), dynamic({'type':'Polygon','coordinates':[[[5,5],[6,5],[6,6],[5,5]]]}))",
            "False",
        ),
    ],
    evaluate: |call| {
        let (first, second) = (call.polygons(0), call.polygons(1));
        call.bools(|row| {
            let (first, second) = (first.at(row), second.at(row));
            let (first, second) = ((*first).as_ref()?, (*second).as_ref()?);
            Some(first.iter().any(|a| second.iter().any(|b| meet(a, b))))
        })
    },
    ..DEFAULTS
};

/// Whether two polygons meet: at their borders, or one lies in the other.
fn meet(a: &Polygon, b: &Polygon) -> bool {
    let holds =
        |outer: &Polygon, inner: &Polygon| inner.rings.iter().any(|ring| outer.holds(ring.vertices[0]));
    edges_meet(a.edges(), b.edges()) || holds(a, b) || holds(b, a)
}
