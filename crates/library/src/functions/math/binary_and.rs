//! `binary_and`: the bits set in both numbers.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "binary_and",
    summary: "Gives the bits that are set in both numbers.",
    signatures: &[
        signature(
            &[
                required("value1", Accepts::Integer, "A number."),
                required("value2", Accepts::Integer, "The other number."),
            ],
            Returns::Is(Type::Long),
        ),
        signature(
            &[
                required(
                    "value1",
                    Accepts::OneOf(&[Type::Bool, Type::Int, Type::Long]),
                    "A number or a bool.",
                ),
                required("value2", Accepts::OneOf(&[Type::Bool, Type::Int, Type::Long]), "The other number."),
            ],
            Returns::Is(Type::Long),
        ),
    ],
    examples: &[example("print binary_and(6, 3)", "2")],
    result_name: ResultName::FirstArgument,
    evaluate: |call| call.longs(|row| Some(call[0].long(row)? & call[1].long(row)?)),
    ..DEFAULTS
};
