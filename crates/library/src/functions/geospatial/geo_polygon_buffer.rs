//! `geo_polygon_buffer`: a polygon and the area around it.

use crate::function::*;
use crate::geo::buffer::{Width, buffer_polygon};
use crate::geo::geojson::polygon_json;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_polygon_buffer",
    summary: "Gives the area of a polygon and within a distance of it as a polygon.",
    signatures: &[signature(
        &[
            required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
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
            "print geo_point_in_polygon(2.1, 1, geo_polygon_buffer(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}), 20000, 100))",
            "True",
        ),
        example(
            "print isnull(geo_polygon_buffer(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}), -1))",
            "True",
        ),
    ],
    evaluate: |call| {
        let polygons = call.polygon(0);
        call.dynamics(|row| {
            let width = Width::new(call[1].real(row)?, call.real_or(2, row, 10.0)?)?;
            Some(polygon_json(&buffer_polygon((*polygons.at(row)).as_ref()?, width)))
        })
    },
    ..DEFAULTS
};
