//! `erfc`: the complementary error function.

use crate::function::*;
use crate::special;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "erfc",
    summary: "Gives one less the error function of a number.",
    signatures: &[
        signature(&[required("number", Accepts::Number, "The number.")], Returns::Is(Type::Real)),
        signature(&[required("number", Accepts::Is(Type::Bool), "The number.")], Returns::Is(Type::Real)),
    ],
    examples: &[example("print erfc(0)", "1.0")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.reals(|row| call[0].real(row).map(special::erfc)),
    ..DEFAULTS
};
