//! `geo_geohash_to_central_point`: the place in the middle of a geohash.

use crate::function::*;
use crate::geo::geohash::Geohash;
use crate::geo::geojson::pair;
use crate::types::Type;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_geohash_to_central_point",
    summary: "Gives the place in the middle of a geohash.",
    signatures: &[signature(
        &[required("geohash", Accepts::Text, "The geohash, 1 to 18 letters.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print geo_geohash_to_central_point('s00')",
        "{\"type\":\"Point\",\"coordinates\":[0.703125,0.703125]}",
    )],
    evaluate: |call| {
        call.dynamics(|row| {
            let center = pair(Geohash::parse(&call[0].text(row))?.center());
            Some(json!({"type": "Point", "coordinates": center}))
        })
    },
    ..DEFAULTS
};
