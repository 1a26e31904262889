//! `convert_speed`: a speed in another unit.

use crate::function::*;
use crate::types::Type;
use crate::units;

/// The function.
pub const FUNCTION: Function = Function {
    name: "convert_speed",
    summary: "Converts a speed from one unit to another.",
    signatures: &[signature(
        &[
            required("value", Accepts::Is(Type::Real), "The number."),
            constant(required("from", Accepts::Is(Type::String), "The unit it is in.")),
            constant(required("to", Accepts::Is(Type::String), "The unit wanted.")),
        ],
        Returns::Is(Type::Real),
    )],
    examples: &[example("print round(convert_speed(36, 'KilometerPerHour', 'MeterPerSecond'), 6)", "10.0")],
    evaluate: |call| units::convert(call, units::SPEED),
    ..DEFAULTS
};
