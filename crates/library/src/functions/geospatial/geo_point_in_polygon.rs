//! `geo_point_in_polygon`: whether a place lies in a polygon.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_point_in_polygon",
    summary: "Tells whether a place lies in a polygon.",
    signatures: &[signature(
        &[
            required("longitude", Accepts::Number, "Longitude of the place in degrees, -180 to 180."),
            required("latitude", Accepts::Number, "Latitude of the place in degrees, -90 to 90."),
            required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example(
            "print geo_point_in_polygon(1, 1, dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}))",
            "True",
        ),
        example(
            "print geo_point_in_polygon(3, 1, dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}))",
            "False",
        ),
        example(
            "print isnull(geo_point_in_polygon(300, 1, dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})))",
            "True",
        ),
    ],
    evaluate: |call| {
        let polygons = call.polygons(2);
        call.bools(|row| {
            let p = call.place(0, row)?;
            let polygons = polygons.at(row);
            Some((*polygons).as_ref()?.iter().any(|polygon| polygon.holds(p)))
        })
    },
    ..DEFAULTS
};
