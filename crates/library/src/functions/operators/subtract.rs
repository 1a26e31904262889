//! `-`: the difference of numbers, timespans and datetimes.

use crate::arithmetic::{self, Operator};
use crate::function::*;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "-",
    summary: "Subtracts; between datetimes the result is a timespan.",
    signatures: &[],
    overload: Some(|arguments| arithmetic::overload(Operator::Subtract, arguments)),
    examples: &[
        example("print 5 - 7", "-2"),
        example("print datetime(2020-01-02) - datetime(2020-01-01)", "1.00:00:00"),
    ],
    evaluate: |call| arithmetic::evaluate(call, Operator::Subtract),
    ..DEFAULTS
};
