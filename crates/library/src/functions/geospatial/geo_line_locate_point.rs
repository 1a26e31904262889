//! `geo_line_locate_point`: the share of a line up to a place.

use crate::function::*;
use crate::geo::arguments::Shapes;
use crate::geo::edge::{closest, distance};
use crate::geo::ellipsoid;
use crate::geo::geojson::{Line, line_coordinates, single_line};
use crate::geo::point::Point;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_line_locate_point",
    summary: "Gives the share of the length of a line, 0 to 1, up to its place closest to another.",
    signatures: &[signature(
        &[
            required("lineString", Accepts::Is(Type::Dynamic), "A GeoJSON LineString."),
            required("longitude", Accepts::Number, "Longitude of the place in degrees, -180 to 180."),
            required("latitude", Accepts::Number, "Latitude of the place in degrees, -90 to 90."),
            optional(
                "use_spheroid",
                Accepts::OneOf(&[Type::Bool, Type::Int, Type::Long, Type::Real]),
                "Whether to measure on the WGS-84 ellipsoid instead of the sphere.",
            ),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[
        example(
            "print round(geo_line_locate_point(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), 1, 1.5), 3)",
            "0.5",
        ),
        example(
            "print round(geo_line_locate_point(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), 1, 1.5, true), 3)",
            "0.5",
        ),
        example(
            "print isnull(geo_line_locate_point(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), 300, 1))",
            "True",
        ),
    ],
    evaluate: |call| {
        let lines = Shapes::new(&call[0], single_line);
        let written = Shapes::new(&call[0], line_coordinates);
        call.reals(|row| {
            let (lines, written, p) = (lines.at(row), written.at(row), call.place(1, row)?);
            let (line, written) = ((*lines).as_ref()?, (*written).as_ref()?.first()?);
            if call.choice(3, row)? {
                return Some(ellipsoid::locate(written, call.degrees(1, row)?));
            }
            Some(locate(line, p))
        })
    },
    ..DEFAULTS
};

/// The share of the length up to the place of the line closest to `p`.
fn locate(line: &Line, p: Point) -> f64 {
    let (mut before, mut best, mut located) = (0.0, f64::INFINITY, 0.0);
    for edge in line.windows(2) {
        let off = distance(p, edge[0], edge[1]);
        if off < best {
            (best, located) = (off, before + edge[0].angle(closest(p, edge[0], edge[1])));
        }
        before += edge[0].angle(edge[1]);
    }
    located / before
}
