//! `geo_h3cell_level`: the resolution of an H3 cell.

use crate::function::*;
use crate::geo::hexagon;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_h3cell_level",
    summary: "Gives the resolution of an H3 cell.",
    signatures: &[signature(
        &[required("h3cell", Accepts::Text, "The name of the H3 cell.")],
        Returns::Is(Type::Int),
    )],
    examples: &[
        example("print geo_h3cell_level('862a1072fffffff')", "6"),
        example("print isnull(geo_h3cell_level('abc'))", "True"),
    ],
    evaluate: |call| {
        call.ints(|row| Some(i32::from(u8::from(hexagon::parse(&call[0].text(row))?.resolution()))))
    },
    ..DEFAULTS
};
