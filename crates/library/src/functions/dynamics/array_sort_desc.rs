//! `array_sort_desc`: an array in descending order.

use crate::arrays;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_sort_desc",
    summary: "Sorts an array backwards; nulls last unless told otherwise.",
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
        example("print array_sort_desc(dynamic([3, 1, null, 2]))", "[3,2,1,null]"),
        example("print array_sort_desc(dynamic(['b', null, 'a']), false)", "[null,\"b\",\"a\"]"),
        example(
            "print (a, b) = array_sort_desc(dynamic([1, 2]), dynamic(['x', 'y']))",
            "[2,1], [\"y\",\"x\"]",
        ),
    ],
    result_name: ResultName::Suffix("sorted"),
    columns: Some(Columns::Arguments),
    overload: Some(arrays::sorting_overload),
    evaluate: |call| call.dynamics(|row| arrays::sorted_together(call, row, true)),
    ..DEFAULTS
};
