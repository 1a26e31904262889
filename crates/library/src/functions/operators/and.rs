//! `and`: whether both of two bools are true. A null leaves the answer open, unless the other side settles it.

use crate::function::*;
use crate::types::Type;
use arrow::array::AsArray;
use arrow::compute::and_kleene;
use std::sync::Arc;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "and",
    summary: "Whether both of two bools are true; null where a null leaves it open.",
    signatures: &[signature(
        &[
            required("left", Accepts::Is(Type::Bool), "A bool."),
            required("right", Accepts::Is(Type::Bool), "Another bool."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print true and false", "False"),
        example("print 1 == 1 and 2 == 2", "True"),
        example("print bool(null) and false", "False"),
    ],
    native: Some(NativeOperator::And),
    evaluate: |call| {
        let (left, right) = (call[0].column(call.rows), call[1].column(call.rows));
        let result = and_kleene(left.as_boolean(), right.as_boolean());
        Ok(Arc::new(result.expect("both columns have the rows of the call")))
    },
    ..DEFAULTS
};
