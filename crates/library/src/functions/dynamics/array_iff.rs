//! `array_iff`: a choice for each element.

use crate::arrays::elements;
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_iff",
    aliases: &["array_iif"],
    summary: "Chooses for each element of a condition array between two values or the elements of two arrays.",
    signatures: &[signature(
        &[
            required(
                "condition_array",
                Accepts::Is(Type::Dynamic),
                "Bools, or numbers by non-zero; other elements choose null.",
            ),
            required("when_true", Accepts::Any, "A value, or an array with one for each condition."),
            required("when_false", Accepts::Any, "A value, or an array with one for each condition."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example(
            "print array_iff(dynamic([true, false, true]), dynamic([1, 2, 3]), dynamic([4, 5, 6]))",
            "[1,5,3]",
        ),
        example("print array_iff(dynamic([1, 0, 'x']), 'yes', 'no')", "[\"yes\",\"no\",null]"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let (when_true, when_false) = (call[1].json(row), call[2].json(row));
            let conditions = elements(&call[0], row)?;
            let choose = |(index, condition): (usize, &Json)| {
                let chosen = match condition {
                    Json::Bool(true) => &when_true,
                    Json::Bool(false) => &when_false,
                    Json::Number(number) if number.as_f64() == Some(0.0) => &when_false,
                    Json::Number(_) => &when_true,
                    Json::Null | Json::String(_) | Json::Array(_) | Json::Object(_) => &None,
                };
                match chosen {
                    Some(Json::Array(values)) => values.get(index).cloned().unwrap_or(Json::Null),
                    Some(value) => value.clone(),
                    None => Json::Null,
                }
            };
            Some(Json::Array(conditions.iter().enumerate().map(choose).collect()))
        })
    },
    ..DEFAULTS
};
