//! `exp10`: ten to a power.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "exp10",
    summary: "Gives 10 to the power of a number.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print exp10(3)", "1000.0")],
    evaluate: |call| call.reals(|row| call[0].real(row).map(|x| 10_f64.powf(x))),
    ..DEFAULTS
};
