//! `!between`: whether a value lies outside of a range, both ends in it.

use crate::function::*;
use crate::range;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "!between",
    summary: "Whether a value lies outside of a range, both ends in the range; a timespan as the upper end counts from the lower.",
    overload: Some(range::overload),
    kind: Kind::Comparison,
    examples: &[
        example("print 5 !between (1 .. 5)", "False"),
        example("print datetime(2020-01-03) !between (datetime(2020-01-01) .. 3d)", "False"),
    ],
    evaluate: |call| range::evaluate(call, true),
    ..DEFAULTS
};
