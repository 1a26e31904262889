//! `geo_geohash_neighbors`: the geohashes around one.

use crate::function::*;
use crate::geo::geohash::Geohash;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_geohash_neighbors",
    summary: "Gives the geohashes of the same length around one.",
    signatures: &[signature(
        &[required("geohash", Accepts::Text, "The geohash, 1 to 18 letters.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print geo_geohash_neighbors('s00')",
            "[\"7zz\",\"ebr\",\"kpc\",\"s02\",\"ebp\",\"s03\",\"s01\",\"kpb\"]",
        ),
        example("print isnull(geo_geohash_neighbors('a'))", "True"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let words = Geohash::parse(&call[0].text(row))?.neighbors().into_iter().map(Geohash::word);
            Some(words.map(Json::from).collect())
        })
    },
    ..DEFAULTS
};
