//! `series_fill_const`: gaps filled with a constant.

use crate::arrays::elements;
use crate::function::*;
use crate::json::from_real;
use crate::series::{is_missing, is_whole};
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_fill_const",
    summary: "Fills missing elements with a constant.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            optional("constant_value", Accepts::Number, "What to fill with; 0 without it."),
            optional("missing", Accepts::Number, "What counts as missing; null without it."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print series_fill_const(dynamic([null, 36, null]), 7)", "[7,36,7]"),
        example("print series_fill_const(dynamic([null, 1.5]), 0)", "[0.0,1.5]"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.dynamics(|row| {
            let elements = elements(&call[0], row)?;
            let missing = call.get(2).and_then(|missing| missing.real(row));
            let constant = match call.get(1) {
                Some(constant) => constant.json(row).unwrap_or(Json::Null),
                None => Json::from(0),
            };
            // A series of reals stays one.
            let constant = match constant.as_i64() {
                Some(value) if !is_whole(&elements) => from_real(value as f64),
                _ => constant,
            };
            let fill = |element: Json| if is_missing(&element, missing) { constant.clone() } else { element };
            Some(Json::Array(elements.into_iter().map(fill).collect()))
        })
    },
    ..DEFAULTS
};
