//! `isnotnull`: whether a value is not null.

use crate::branches::valid;
use crate::function::*;
use crate::types::Type;
use arrow::array::BooleanArray;
use std::sync::Arc;

/// The function.
pub const FUNCTION: Function = Function {
    name: "isnotnull",
    aliases: &["notnull"],
    summary: "Whether a value is not null. Every string is.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value asked about.")],
        Returns::Is(Type::Bool),
    )],
    examples: &[example("print isnotnull(long(null))", "False"), example("print isnotnull('')", "True")],
    evaluate: |call| {
        let bits = valid(&call[0], call.rows);
        Ok(Arc::new(BooleanArray::new(bits, None)))
    },
    ..DEFAULTS
};
