//! `==`: whether two values are the same.

use crate::compare::{self, Relation};
use crate::function::*;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "==",
    summary: "Whether two values are the same; with one null false, with two null.",
    signatures: &[],
    overload: Some(|arguments| compare::overload(Relation::Equal, arguments)),
    kind: Kind::Comparison,
    examples: &[
        example("print 1 == 1.0", "True"),
        example("print 'a' == 'A'", "False"),
        example("print long(null) == 1", "False"),
    ],
    native: Some(NativeOperator::Equal),
    evaluate: |call| compare::evaluate(call, Relation::Equal),
    ..DEFAULTS
};
