//! `isnotempty`: whether a value is neither null nor an empty text.

use crate::branches::present;
use crate::function::*;
use crate::types::Type;
use arrow::array::BooleanArray;
use std::sync::Arc;

/// The function.
pub const FUNCTION: Function = Function {
    name: "isnotempty",
    aliases: &["notempty"],
    summary: "Whether a value is neither null nor an empty text.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value asked about.")],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print isnotempty('')", "False"),
        example("print isnotempty(long(null))", "False"),
        example("print isnotempty(dynamic([]))", "True"),
    ],
    native: Some(NativeOperator::IsNotEmpty),
    evaluate: |call| {
        let bits = present(&call[0], call.rows).values().clone();
        Ok(Arc::new(BooleanArray::new(bits, None)))
    },
    ..DEFAULTS
};
