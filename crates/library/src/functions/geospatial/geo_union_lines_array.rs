//! `geo_union_lines_array`: the lines of an array together.

use crate::function::*;
use crate::geo::arguments::{Shapes, array_of_lines};
use crate::geo::geojson::lines_json;
use crate::geo::overlay::union_lines;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_union_lines_array",
    summary: "Gives the lines of an array together, parts that several share only once.",
    signatures: &[signature(
        &[required("lineStrings", Accepts::Is(Type::Dynamic), "Array of GeoJSON lines.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print geo_union_lines_array(pack_array(dynamic({'type':'LineString','coordinates':[[0,0],[0,1],[0,3]]}), dynamic({'type':'LineString','coordinates':[[0,1],[0,3],[5,5]]}))).type",
        "LineString",
    )],
    evaluate: |call| {
        let lines = Shapes::new(&call[0], array_of_lines);
        call.dynamics(|row| {
            let union = union_lines((*lines.at(row)).as_ref()?);
            (!union.is_empty()).then(|| lines_json(&union))
        })
    },
    ..DEFAULTS
};
