//! `zip`: arrays side by side.

use crate::arrays::elements;
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "zip",
    summary: "Pairs the elements of arrays by place; what lacks is null.",
    signatures: &[signature(
        &[repeated("array", Accepts::Is(Type::Dynamic), 2, "An array.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print zip(dynamic([1, 3, 5]), dynamic([2, 4, 6]))", "[[1,2],[3,4],[5,6]]"),
        example("print zip(dynamic([1, 2]), dynamic(['a']))", "[[1,\"a\"],[2,null]]"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let arrays: Option<Vec<_>> = call.arguments.iter().map(|array| elements(array, row)).collect();
            let arrays = arrays?;
            let longest = arrays.iter().map(Vec::len).max()?;
            let tuple = |index: usize| -> Json {
                arrays.iter().map(|array| array.get(index).cloned().unwrap_or(Json::Null)).collect()
            };
            Some((0..longest).map(tuple).collect())
        })
    },
    ..DEFAULTS
};
