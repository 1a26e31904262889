//! `<`: whether a value is below another.

use crate::compare::{self, Relation};
use crate::function::*;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "<",
    summary: "Whether the left value is below the right one; null with a null.",
    signatures: &[],
    overload: Some(|arguments| compare::overload(Relation::Less, arguments)),
    kind: Kind::Comparison,
    examples: &[example("print 1 < 2", "True"), example("print isnull(long(null) < 1)", "True")],
    native: Some(NativeOperator::Less),
    evaluate: |call| compare::evaluate(call, Relation::Less),
    ..DEFAULTS
};
