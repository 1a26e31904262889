//! `log10`: the common logarithm.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "log10",
    summary: "Gives the logarithm to base 10; null for a negative number.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print log10(1000)", "3.0")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.reals(|row| call[0].real(row).filter(|x| x.is_nan() || *x >= 0.0).map(f64::log10)),
    ..DEFAULTS
};
