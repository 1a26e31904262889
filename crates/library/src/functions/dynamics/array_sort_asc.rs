//! `array_sort_asc`: an array in ascending order.

use crate::arrays;
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_sort_asc",
    summary: "Sorts an array: numbers, then texts, then all else; nulls last unless told otherwise.",
    signatures: &[signature(
        &[
            required("array", Accepts::Is(Type::Dynamic), "The array."),
            constant(optional(
                "nulls_last",
                Accepts::Is(Type::Bool),
                "Whether nulls come last; true without it.",
            )),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print array_sort_asc(dynamic([3, 1, null, 2]))", "[1,2,3,null]"),
        example("print array_sort_asc(dynamic(['b', null, 'a']), false)", "[null,\"a\",\"b\"]"),
    ],
    result_name: ResultName::Suffix("sorted"),
    evaluate: |call| {
        call.dynamics(|row| {
            let nulls_last = call.get(1).and_then(|last| last.bool(row)).unwrap_or(true);
            Some(Json::Array(arrays::sorted(arrays::elements(&call[0], row)?, false, nulls_last)))
        })
    },
    ..DEFAULTS
};
