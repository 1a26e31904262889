//! `isempty`: whether a value is null or an empty text.

use crate::branches::present;
use crate::function::*;
use crate::types::Type;
use arrow::array::BooleanArray;
use std::sync::Arc;

/// The function.
pub const FUNCTION: Function = Function {
    name: "isempty",
    summary: "Whether a value is null or an empty text.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value asked about.")],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print isempty('')", "True"),
        example("print isempty(long(null))", "True"),
        example("print isempty(dynamic([]))", "False"),
    ],
    evaluate: |call| {
        let bits = present(&call[0], call.rows).values().clone();
        Ok(Arc::new(BooleanArray::new(!&bits, None)))
    },
    ..DEFAULTS
};
