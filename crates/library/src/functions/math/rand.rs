//! `rand`: a random number.

use crate::chance;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "rand",
    summary: "Gives a random real of at least 0 and below 1, or a whole one below a bound, anew for each row.",
    signatures: &[signature(
        &[optional("number", Accepts::Integer, "The bound; without it, or at 1 or less, reals below 1.")],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print rand() < 1, rand(10) < 10", "True, True")],
    result_name: ResultName::FirstArgument,
    kind: Kind::Volatile,
    evaluate: |call| {
        call.reals(|row| match call.get(0) {
            None => Some(chance::unit()),
            Some(bound) => match bound.long(row)? {
                bound if bound > 1 => Some((chance::unit() * bound as f64).floor()),
                _ => Some(chance::unit()),
            },
        })
    },
    ..DEFAULTS
};
