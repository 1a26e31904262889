//! `geo_polygon_to_h3cells`: the H3 cells in a polygon.

use crate::function::*;
use crate::geo::arguments::Shapes;
use crate::geo::buffer::{Width, buffer_polygon};
use crate::geo::geojson::{polygon_coordinates, polygon_json};
use crate::geo::hexagon::fill;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_polygon_to_h3cells",
    summary: "Gives the H3 cells of one resolution whose middle lies in a polygon, its edges taken as straight on a map.",
    signatures: &[signature(
        &[
            required("polygon", Accepts::Is(Type::Dynamic), "A GeoJSON Polygon or MultiPolygon."),
            optional("resolution", Accepts::Integer, "The resolution of the cells, 0 to 15; 6 without it."),
            optional(
                "radius",
                Accepts::Number,
                "A distance in meters by which the polygon is widened before; 0 without it.",
            ),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print array_length(geo_polygon_to_h3cells(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}), 3))",
        "4",
    )],
    evaluate: |call| {
        let (shapes, polygons) = (Shapes::new(&call[0], polygon_coordinates), call.polygon(0));
        call.dynamics(|row| {
            let (resolution, polygon) = (call.level(1, row, 6, 15)?, polygons.at(row));
            let (polygon, shapes) = ((*polygon).as_ref()?, shapes.at(row));
            let radius = call.real_or(2, row, 0.0).filter(|radius| *radius >= 0.0)?;
            let cells = if radius == 0.0 {
                fill((*shapes).as_ref()?, resolution)?
            } else {
                let wide =
                    polygon_json(&buffer_polygon(polygon, Width::new(radius, 10.0_f64.max(radius * 1e-3))?));
                fill(&polygon_coordinates(&wide)?, resolution)?
            };
            Some(cells.into_iter().map(|cell| Json::from(cell.to_string())).collect())
        })
    },
    ..DEFAULTS
};
