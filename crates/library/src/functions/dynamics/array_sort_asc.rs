//! `array_sort_asc`: an array in ascending order.

use crate::arrays;
use crate::function::*;
use crate::types::Type;

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
        example(
            "print (a, b) = array_sort_asc(dynamic([2, 1]), dynamic(['x', 'y']))",
            "[1,2], [\"y\",\"x\"]",
        ),
    ],
    result_name: ResultName::Suffix("sorted"),
    columns: Some(Columns::Arguments),
    overload: Some(arrays::sorting_overload),
    evaluate: |call| call.dynamics(|row| arrays::sorted_together(call, row, false)),
    ..DEFAULTS
};
