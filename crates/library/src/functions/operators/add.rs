//! `+`: adds numbers, timespans, and a timespan to a datetime.

use crate::arithmetic::{self, Operator};
use crate::function::*;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "+",
    summary: "Adds two numbers or timespans, or a timespan to a datetime.",
    signatures: &[],
    overload: Some(|arguments| arithmetic::overload(Operator::Add, arguments)),
    examples: &[
        example("print 1 + 2", "3"),
        example("print datetime(2020-01-01) + 1d", "2020-01-02T00:00:00.0000000Z"),
    ],
    evaluate: |call| arithmetic::evaluate(call, Operator::Add),
    ..DEFAULTS
};
