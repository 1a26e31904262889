//! `geo_s2cell_neighbors`: the cells around an S2 cell.

use crate::function::*;
use crate::geo::cell::Cell;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_s2cell_neighbors",
    summary: "Gives the S2 cells of the same level around one: eight, at a corner of the cube fewer.",
    signatures: &[signature(
        &[required("s2cell", Accepts::Text, "The token of the S2 cell.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print geo_s2cell_neighbors('1234567')[0]", "1234565"),
        example("print isnull(geo_s2cell_neighbors('a'))", "True"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let cells = Cell::parse(&call[0].text(row))?.neighbors();
            Some(cells.into_iter().map(|cell| Json::from(cell.token())).collect())
        })
    },
    ..DEFAULTS
};
