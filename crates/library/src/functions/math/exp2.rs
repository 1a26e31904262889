//! `exp2`: two to a power.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "exp2",
    summary: "Gives 2 to the power of a number.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print exp2(10)", "1024.0")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.reals(|row| call[0].real(row).map(f64::exp2)),
    ..DEFAULTS
};
