//! `geo_closest_point_on_line`: the place of a line closest to another.

use crate::function::*;
use crate::geo::geojson::point_json;
use crate::geo::overlay::edges_of;
use crate::geo::polygon::closest_of;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_closest_point_on_line",
    summary: "Gives the place of a line that is closest to a place.",
    signatures: &[signature(
        &[
            required("longitude", Accepts::Number, "Longitude of the place in degrees, -180 to 180."),
            required("latitude", Accepts::Number, "Latitude of the place in degrees, -90 to 90."),
            required("lineString", Accepts::Is(Type::Dynamic), "A GeoJSON LineString or MultiLineString."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print round(todouble(geo_closest_point_on_line(1, 2, dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]})).coordinates[1]), 6)",
            "2.000304",
        ),
        example(
            "print isnull(geo_closest_point_on_line(300, 2, dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]})))",
            "True",
        ),
    ],
    evaluate: |call| {
        let lines = call.lines(2);
        call.dynamics(|row| {
            let lines = lines.at(row);
            let nearest = closest_of(call.place(0, row)?, edges_of((*lines).as_ref()?))?;
            Some(point_json(nearest))
        })
    },
    ..DEFAULTS
};
