//! `isnull`: whether a value is null.

use crate::branches::valid;
use crate::function::*;
use crate::types::Type;
use arrow::array::BooleanArray;
use std::sync::Arc;

/// The function.
pub const FUNCTION: Function = Function {
    name: "isnull",
    summary: "Whether a value is null. A string never is null.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value asked about.")],
        Returns::Is(Type::Bool),
    )],
    examples: &[example("print isnull(long(null))", "True"), example("print isnull('')", "False")],
    evaluate: |call| {
        let bits = valid(&call[0], call.rows);
        Ok(Arc::new(BooleanArray::new(!&bits, None)))
    },
    ..DEFAULTS
};
