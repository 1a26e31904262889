//! `atan2`: the angle of a point.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "atan2",
    summary: "Gives the angle in radians between the positive x axis and the line from the origin to the point (x, y).",
    signatures: &[signature(
        &[
            required("y", Accepts::Number, "The y of the point."),
            required("x", Accepts::Number, "The x of the point."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print atan2(0, 0)", "0.0"), example("print atan2(0, 1)", "0.0")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.reals(|row| Some(call[0].real(row)?.atan2(call[1].real(row)?))),
    ..DEFAULTS
};
