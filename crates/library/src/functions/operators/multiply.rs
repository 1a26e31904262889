//! `*`: the product of numbers, or of a number and a timespan.

use crate::arithmetic::{self, Operator};
use crate::function::*;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "*",
    summary: "Multiplies two numbers, or a timespan by a number.",
    signatures: &[],
    overload: Some(|arguments| arithmetic::overload(Operator::Multiply, arguments)),
    examples: &[example("print 2 * 3", "6"), example("print 1.5 * 1h", "01:30:00")],
    evaluate: |call| arithmetic::evaluate(call, Operator::Multiply),
    ..DEFAULTS
};
