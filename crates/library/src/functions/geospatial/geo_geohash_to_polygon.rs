//! `geo_geohash_to_polygon`: the rectangle of a geohash.

use crate::function::*;
use crate::geo::geohash::Geohash;
use crate::geo::geojson::ring_json;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_geohash_to_polygon",
    summary: "Gives the rectangle of a geohash as a polygon.",
    signatures: &[signature(
        &[required("geohash", Accepts::Text, "The geohash, 1 to 18 letters.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print geo_geohash_to_polygon('s')",
            "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[45,0],[45,45],[0,45],[0,0]]]}",
        ),
        example("print isnull(geo_geohash_to_polygon('a'))", "True"),
    ],
    evaluate: |call| call.dynamics(|row| Some(ring_json(Geohash::parse(&call[0].text(row))?.corners()))),
    ..DEFAULTS
};
