//! `geo_h3cell_rings`: the rings around an H3 cell.

use crate::function::*;
use crate::geo::hexagon;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_h3cell_rings",
    summary: "Gives an H3 cell and the cells around it, an array for each distance.",
    signatures: &[signature(
        &[
            required("h3cell", Accepts::Text, "The name of the H3 cell."),
            required("distance", Accepts::Integer, "The distance of the last ring, 0 to 142."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print geo_h3cell_rings('862a1072fffffff', 0)", "[[\"862a1072fffffff\"]]"),
        example("print array_length(geo_h3cell_rings('862a1072fffffff', 2)[2])", "12"),
        example("print isnull(geo_h3cell_rings('862a1072fffffff', 143))", "True"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let rings =
                hexagon::rings(hexagon::parse(&call[0].text(row))?, u32::from(call.level(1, row, 0, 142)?));
            let ring = |ring: &Vec<_>| ring.iter().map(ToString::to_string).map(Json::from).collect::<Json>();
            Some(rings.iter().map(ring).collect())
        })
    },
    ..DEFAULTS
};
