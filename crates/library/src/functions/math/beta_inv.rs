//! `beta_inv`: the inverse of the cumulative beta distribution.

use crate::function::*;
use crate::special;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "beta_inv",
    summary: "Gives the point at which the cumulative beta distribution reaches a probability.",
    signatures: &[signature(
        &[
            required("probability", Accepts::Number, "The probability, 0 to 1."),
            required("alpha", Accepts::Number, "The first shape, above 0."),
            required("beta", Accepts::Number, "The second shape, above 0."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print round(beta_inv(0.5, 2, 2), 6)", "0.5")],
    evaluate: |call| {
        call.reals(|row| special::beta_inv(call[0].real(row)?, call[1].real(row)?, call[2].real(row)?))
    },
    ..DEFAULTS
};
