//! `series_fill_forward`: gaps filled with the value before.

use crate::arrays::elements;
use crate::function::*;
use crate::series::is_missing;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_fill_forward",
    summary: "Fills missing elements with the nearest one before; leading ones stay.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            optional("missing", Accepts::Number, "What counts as missing; null without it."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print series_fill_forward(dynamic([null, 36, null, 16]))", "[null,36,36,16]")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.dynamics(|row| {
            let mut elements = elements(&call[0], row)?;
            let missing = call.get(1).and_then(|missing| missing.real(row));
            for index in 1..elements.len() {
                if is_missing(&elements[index], missing) {
                    elements[index] = elements[index - 1].clone();
                }
            }
            Some(Json::Array(elements))
        })
    },
    ..DEFAULTS
};
