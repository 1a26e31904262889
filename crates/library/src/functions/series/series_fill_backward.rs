//! `series_fill_backward`: gaps filled with the value after.

use crate::arrays::elements;
use crate::function::*;
use crate::series::is_missing;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_fill_backward",
    summary: "Fills missing elements with the nearest one after; trailing ones stay.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            optional("missing", Accepts::Number, "What counts as missing; null without it."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print series_fill_backward(dynamic([null, 36, null, 16, null]))",
        "[36,36,16,16,null]",
    )],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.dynamics(|row| {
            let mut elements = elements(&call[0], row)?;
            let missing = call.get(1).and_then(|missing| missing.real(row));
            for index in (1..elements.len()).rev() {
                if is_missing(&elements[index - 1], missing) {
                    elements[index - 1] = elements[index].clone();
                }
            }
            Some(Json::Array(elements))
        })
    },
    ..DEFAULTS
};
