//! `geo_point_buffer`: the area around a place.

use crate::function::*;
use crate::geo::buffer::{Width, buffer_point};
use crate::geo::geojson::polygon_json;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_point_buffer",
    summary: "Gives the area within a distance of a place as a polygon.",
    signatures: &[signature(
        &[
            required("longitude", Accepts::Number, "Longitude of the place in degrees, -180 to 180."),
            required("latitude", Accepts::Number, "Latitude of the place in degrees, -90 to 90."),
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
        example("print geo_point_in_polygon(10.05, 10, geo_point_buffer(10, 10, 6000))", "True"),
        example("print geo_point_in_polygon(10.06, 10, geo_point_buffer(10, 10, 6000))", "False"),
        example("print isnull(geo_point_buffer(10, 10, -1))", "True"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let width = Width::new(call[2].real(row)?, call.real_or(3, row, 10.0)?)?;
            Some(polygon_json(&buffer_point(call.place(0, row)?, width)))
        })
    },
    ..DEFAULTS
};
