//! `>`: whether a value is above another.

use crate::compare::{self, Relation};
use crate::function::*;

/// The operator.
pub const FUNCTION: Function = Function {
    name: ">",
    summary: "Whether the left value is above the right one; null with a null.",
    signatures: &[],
    overload: Some(|arguments| compare::overload(Relation::Greater, arguments)),
    kind: Kind::Comparison,
    examples: &[example("print 1d > 5h", "True")],
    native: Some(NativeOperator::Greater),
    evaluate: |call| compare::evaluate(call, Relation::Greater),
    ..DEFAULTS
};
