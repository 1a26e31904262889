//! `geo_union_polygons_array`: the area of polygons together.

use crate::function::*;
use crate::geo::arguments::{Shapes, array_of_polygons};
use crate::geo::geojson::polygon_json;
use crate::geo::overlay::union_all;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "geo_union_polygons_array",
    summary: "Gives the area of all polygons of an array together.",
    signatures: &[signature(
        &[required("polygons", Accepts::Is(Type::Dynamic), "Array of GeoJSON polygons.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print geo_union_polygons_array(pack_array(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}), dynamic({'type':'Polygon','coordinates':[[[2,0],[4,0],[4,2],[2,2],[2,0]]]}))).type",
            "Polygon",
        ),
        example(
            "print isnull(geo_union_polygons_array(pack_array(dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}), 1)))",
            "True",
        ),
    ],
    evaluate: |call| {
        let polygons = Shapes::new(&call[0], array_of_polygons);
        call.dynamics(|row| {
            let union = union_all((*polygons.at(row)).clone()?);
            (!union.rings.is_empty()).then(|| polygon_json(&union))
        })
    },
    ..DEFAULTS
};
