//! `or`: whether at least one of two bools is true. A null leaves the answer open, unless the other side settles it.

use crate::function::*;
use crate::types::Type;
use arrow::array::AsArray;
use arrow::compute::or_kleene;
use std::sync::Arc;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "or",
    summary: "Whether at least one of two bools is true; null where a null leaves it open.",
    signatures: &[signature(
        &[
            required("left", Accepts::Is(Type::Bool), "A bool."),
            required("right", Accepts::Is(Type::Bool), "Another bool."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[example("print true or false", "True"), example("print bool(null) or true", "True")],
    native: Some(NativeOperator::Or),
    evaluate: |call| {
        let (left, right) = (call[0].column(call.rows), call[1].column(call.rows));
        let result = or_kleene(left.as_boolean(), right.as_boolean());
        Ok(Arc::new(result.expect("both columns have the rows of the call")))
    },
    ..DEFAULTS
};
