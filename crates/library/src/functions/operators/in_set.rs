//! `in`: whether a value is among several; arrays among them count by their elements.

use crate::function::*;
use crate::membership;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "in",
    summary: "Whether a value is among several; arrays among them count by their elements.",
    overload: Some(membership::overload),
    kind: Kind::Comparison,
    examples: &[
        example("print 'a' in ('A', 'b')", "False"),
        example("print 'a' in (dynamic(['a', 'b']))", "True"),
        example("print 2 in (1, 2.0)", "True"),
    ],
    native: Some(NativeOperator::In),
    evaluate: |call| membership::evaluate(call, false, false),
    ..DEFAULTS
};
