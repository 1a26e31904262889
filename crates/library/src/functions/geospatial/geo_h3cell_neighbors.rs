//! `geo_h3cell_neighbors`: the cells around an H3 cell.

use crate::function::*;
use crate::geo::hexagon;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_h3cell_neighbors",
    summary: "Gives the H3 cells that border on one: six, around a pentagon five.",
    signatures: &[signature(
        &[required("h3cell", Accepts::Text, "The name of the H3 cell.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print geo_h3cell_neighbors('862a1072fffffff')[0]", "862a10727ffffff"),
        example("print isnull(geo_h3cell_neighbors('abc'))", "True"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let rings = hexagon::rings(hexagon::parse(&call[0].text(row))?, 1);
            Some(rings[1].iter().map(|cell| Json::from(cell.to_string())).collect())
        })
    },
    ..DEFAULTS
};
