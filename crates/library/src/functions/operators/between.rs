//! `between`: whether a value lies in a range, both ends included.

use crate::function::*;
use crate::range;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "between",
    summary: "Whether a value lies in a range, both ends included; a timespan as the upper end counts from the lower.",
    overload: Some(range::overload),
    kind: Kind::Comparison,
    examples: &[
        example("print 5 between (1 .. 5)", "True"),
        example("print datetime(2020-01-03) between (datetime(2020-01-01) .. 3d)", "True"),
    ],
    native: Some(NativeOperator::Between),
    evaluate: |call| range::evaluate(call, false),
    ..DEFAULTS
};
