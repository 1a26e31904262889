//! `gamma`: the gamma function.

use crate::function::*;
use crate::special;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "gamma",
    summary: "Gives the gamma function of a number: the factorial of the number before it.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print gamma(5)", "24.0")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.reals(|row| call[0].real(row).map(special::gamma)),
    ..DEFAULTS
};
