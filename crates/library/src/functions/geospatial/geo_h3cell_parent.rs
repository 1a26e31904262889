//! `geo_h3cell_parent`: the cell around an H3 cell.

use crate::function::*;
use crate::geo::hexagon;
use crate::types::Type;
use h3o::Resolution;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_h3cell_parent",
    summary: "Gives the H3 cell of a coarser resolution that holds a cell.",
    signatures: &[signature(
        &[
            required("h3cell", Accepts::Text, "The name of the H3 cell."),
            optional(
                "resolution",
                Accepts::Integer,
                "The resolution of the answer; the next coarser without it.",
            ),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print geo_h3cell_parent('862a1072fffffff')", "852a1073fffffff"),
        example("print geo_h3cell_parent('862a1072fffffff', 1)", "812a3ffffffffff"),
        example("print isempty(geo_h3cell_parent('862a1072fffffff', 9))", "True"),
    ],
    evaluate: |call| {
        call.strings(|row| {
            let parent = || {
                let cell = hexagon::parse(&call[0].text(row))?;
                let coarser = u8::from(cell.resolution()).wrapping_sub(1);
                let wanted = call.level(1, row, coarser, 15)?;
                cell.parent(Resolution::try_from(wanted).ok()?)
            };
            parent().map(|cell| cell.to_string()).unwrap_or_default()
        })
    },
    ..DEFAULTS
};
