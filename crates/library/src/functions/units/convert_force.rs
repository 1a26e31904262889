//! `convert_force`: a force in another unit.

use crate::function::*;
use crate::types::Type;
use crate::units;

/// The function.
pub const FUNCTION: Function = Function {
    name: "convert_force",
    summary: "Converts a force from one unit to another.",
    signatures: &[signature(
        &[
            required("value", Accepts::Is(Type::Real), "The number."),
            constant(required("from", Accepts::Is(Type::String), "The unit it is in.")),
            constant(required("to", Accepts::Is(Type::String), "The unit wanted.")),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print round(convert_force(1, 'Kilonewton', 'Newton'), 6)", "1000.0")],
    evaluate: |call| units::convert(call, units::FORCE),
    ..DEFAULTS
};
