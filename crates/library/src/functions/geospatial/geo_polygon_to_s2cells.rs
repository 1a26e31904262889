//! `geo_polygon_to_s2cells`: the S2 cells over a polygon.

use crate::function::*;
use crate::geo::cell::SMALLEST;
use crate::geo::covering::cover_polygon;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_polygon_to_s2cells",
    summary: "Gives the tokens of the S2 cells of one level that a polygon touches.",
    signatures: &[signature(
        &[
            required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
            optional("level", Accepts::Integer, "The level of the cells, 0 to 30; 11 without it."),
            optional(
                "radius",
                Accepts::Number,
                "A distance in meters within which cells count, too; 0 without it.",
            ),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print geo_polygon_to_s2cells(dynamic({'type':'Polygon','coordinates':[[[10,10],[11,10],[11,11],[10,10]]]}), 5)",
        "[\"1054\",\"10fc\",\"1104\",\"11ac\"]",
    )],
    evaluate: |call| {
        let polygons = call.polygon(0);
        call.dynamics(|row| {
            let (level, polygon) = (call.level(1, row, 11, SMALLEST)?, polygons.at(row));
            let radius = call.real_or(2, row, 0.0).filter(|radius| *radius >= 0.0)?;
            let cells = cover_polygon((*polygon).as_ref()?, level, radius)?;
            Some(cells.into_iter().map(|cell| Json::from(cell.token())).collect())
        })
    },
    ..DEFAULTS
};
