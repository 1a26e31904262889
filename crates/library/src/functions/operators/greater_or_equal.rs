//! `>=`: whether a value is at least another.

use crate::compare::{self, Relation};
use crate::function::*;

/// The operator.
pub const FUNCTION: Function = Function {
    name: ">=",
    summary: "Whether the left value is at least the right one; null with a null.",
    signatures: &[],
    overload: Some(|arguments| compare::overload(Relation::GreaterOrEqual, arguments)),
    kind: Kind::Comparison,
    examples: &[example("print datetime(2020-01-02) >= datetime(2020-01-01)", "True")],
    native: Some(NativeOperator::GreaterOrEqual),
    evaluate: |call| compare::evaluate(call, Relation::GreaterOrEqual),
    ..DEFAULTS
};
