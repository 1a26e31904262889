//! `%`: the remainder of a division.

use crate::arithmetic::{self, Operator};
use crate::function::*;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "%",
    summary: "The remainder of a division, never negative.",
    signatures: &[],
    overload: Some(|arguments| arithmetic::overload(Operator::Modulo, arguments)),
    examples: &[example("print -14 % 12", "10"), example("print 90m % 1h", "00:30:00")],
    evaluate: |call| arithmetic::evaluate(call, Operator::Modulo),
    ..DEFAULTS
};
