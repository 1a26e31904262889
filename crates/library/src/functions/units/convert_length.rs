//! `convert_length`: a length in another unit.

use crate::function::*;
use crate::types::Type;
use crate::units;

/// The function.
pub const FUNCTION: Function = Function {
    name: "convert_length",
    summary: "Converts a length from one unit to another.",
    signatures: &[signature(
        &[
            required("value", Accepts::Is(Type::Real), "The number."),
            constant(required("from", Accepts::Is(Type::String), "The unit it is in.")),
            constant(required("to", Accepts::Is(Type::String), "The unit wanted.")),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print round(convert_length(1, 'Foot', 'Inch'), 6)", "12.0")],
    evaluate: |call| units::convert(call, units::LENGTH),
    ..DEFAULTS
};
