//! `/`: the quotient of numbers and timespans.

use crate::arithmetic::{self, Operator};
use crate::function::*;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "/",
    summary: "Divides; whole numbers give a whole number, timespans a real.",
    signatures: &[],
    overload: Some(|arguments| arithmetic::overload(Operator::Divide, arguments)),
    examples: &[
        example("print 7 / 2", "3"),
        example("print 1d / 5h", "4.8"),
        example("print isnull(1 / 0)", "True"),
    ],
    evaluate: |call| arithmetic::evaluate(call, Operator::Divide),
    ..DEFAULTS
};
