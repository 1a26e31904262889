//! `geo_h3cell_children`: the cells in an H3 cell.

use crate::function::*;
use crate::geo::hexagon;
use crate::types::Type;
use crate::value::Json;
use h3o::Resolution;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_h3cell_children",
    summary: "Gives the H3 cells of a finer resolution in a cell.",
    signatures: &[signature(
        &[
            required("h3cell", Accepts::Text, "The name of the H3 cell."),
            optional(
                "resolution",
                Accepts::Integer,
                "The resolution of the cells, at most 5 finer; the next without it.",
            ),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print geo_h3cell_children('862a1072fffffff')[0]", "872a10728ffffff"),
        example("print array_length(geo_h3cell_children('862a1072fffffff', 8))", "49"),
        example("print isnull(geo_h3cell_children('862a1072fffffff', 5))", "True"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let cell = hexagon::parse(&call[0].text(row))?;
            let own = u8::from(cell.resolution());
            let wanted = call.level(1, row, own + 1, 15)?;
            let finer = (own..=own.saturating_add(5)).contains(&wanted);
            let children = cell.children(Resolution::try_from(wanted).ok().filter(|_| finer)?);
            Some(children.map(|child| Json::from(child.to_string())).collect())
        })
    },
    ..DEFAULTS
};
