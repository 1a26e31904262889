//! `!=`: whether two values differ.

use crate::compare::{self, Relation};
use crate::function::*;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "!=",
    summary: "Whether two values differ; with one null true, with two null.",
    signatures: &[],
    overload: Some(|arguments| compare::overload(Relation::NotEqual, arguments)),
    kind: Kind::Comparison,
    examples: &[example("print 1 != 2", "True"), example("print long(null) != 1", "True")],
    native: Some(NativeOperator::NotEqual),
    evaluate: |call| compare::evaluate(call, Relation::NotEqual),
    ..DEFAULTS
};
