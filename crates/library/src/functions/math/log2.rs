//! `log2`: the binary logarithm.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "log2",
    summary: "Gives the logarithm to base 2; null for a negative number.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print log2(1024)", "10.0")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.reals(|row| call[0].real(row).filter(|x| x.is_nan() || *x >= 0.0).map(f64::log2)),
    ..DEFAULTS
};
