//! `sign`: -1, 0 or 1.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "sign",
    summary: "The sign of a number, as a real: -1, 0 or 1; 0 for null.",
    overload: Some(|arguments| match arguments {
        [number] if number.ty.is_number() || matches!(number.ty, Type::Bool | Type::Dynamic) => {
            Some(Overload { arguments: vec![Type::Real], returns: Type::Real })
        }
        _ => None,
    }),
    examples: &[example("print sign(-42)", "-1.0"), example("print sign(0)", "0.0")],
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let number = &call[0];
    call.reals(|row| match number.real(row) {
        Some(value) if value > 0.0 => Some(1.0),
        Some(value) if value < 0.0 => Some(-1.0),
        Some(value) if value.is_nan() => Some(value),
        _ => Some(0.0),
    })
}
