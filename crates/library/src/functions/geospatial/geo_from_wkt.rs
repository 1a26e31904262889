//! `geo_from_wkt`: a shape from well-known text.

use crate::function::*;
use crate::geo::wkt::parse;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_from_wkt",
    summary: "Reads a shape written as well-known text and gives it as GeoJSON.",
    signatures: &[signature(&[required("wkt", Accepts::Text, "The text.")], Returns::Is(Type::Dynamic))],
    examples: &[
        example("print geo_from_wkt('POINT (1.5 2)')", "{\"type\":\"Point\",\"coordinates\":[1.5,2]}"),
        example(
            "print geo_from_wkt('MULTILINESTRING ((1 1, 2 2), (3 3, 4 4))')",
            "{\"type\":\"MultiLineString\",\"coordinates\":[[[1,1],[2,2]],[[3,3],[4,4]]]}",
        ),
        example("print isnull(geo_from_wkt('POINT'))", "True"),
    ],
    evaluate: |call| call.dynamics(|row| parse(&call[0].text(row))),
    ..DEFAULTS
};
