//! `beta_pdf`: the density of the beta distribution.

use crate::function::*;
use crate::special;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "beta_pdf",
    summary: "Gives the density of the beta distribution at a point.",
    signatures: &[signature(
        &[
            required("x", Accepts::Number, "The point, 0 to 1."),
            required("alpha", Accepts::Number, "The first shape, above 0."),
            required("beta", Accepts::Number, "The second shape, above 0."),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print round(beta_pdf(0.5, 2, 2), 6)", "1.5")],
    evaluate: |call| {
        call.reals(|row| special::beta_pdf(call[0].real(row)?, call[1].real(row)?, call[2].real(row)?))
    },
    ..DEFAULTS
};
