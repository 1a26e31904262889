//! `<=`: whether a value is at most another.

use crate::compare::{self, Relation};
use crate::function::*;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "<=",
    summary: "Whether the left value is at most the right one; null with a null.",
    signatures: &[],
    overload: Some(|arguments| compare::overload(Relation::LessOrEqual, arguments)),
    kind: Kind::Comparison,
    examples: &[example("print 2 <= 2", "True")],
    native: Some(NativeOperator::LessOrEqual),
    evaluate: |call| compare::evaluate(call, Relation::LessOrEqual),
    ..DEFAULTS
};
