//! `loggamma`: the logarithm of the gamma function.

use crate::function::*;
use crate::special;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "loggamma",
    summary: "Gives the natural logarithm of the absolute gamma function.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print loggamma(1)", "0.0")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.reals(|row| call[0].real(row).map(special::log_gamma)),
    ..DEFAULTS
};
