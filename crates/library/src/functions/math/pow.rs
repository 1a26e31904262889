//! `pow`: a power.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "pow",
    summary: "Gives a number to the power of another.",
    signatures: &[signature(
        &[
            required("base", Accepts::Number, "The number."),
            required("exponent", Accepts::Number, "The power."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print pow(2, 3)", "8.0")],
    evaluate: |call| call.reals(|row| Some(call[0].real(row)?.powf(call[1].real(row)?))),
    ..DEFAULTS
};
