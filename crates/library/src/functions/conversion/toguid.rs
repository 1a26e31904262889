//! `toguid`: a text as a guid.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::literals;
use crate::types::Type;
use crate::value::Value;

/// The function.
pub const FUNCTION: Function = Function {
    name: "toguid",
    summary: "Converts a text to a guid; null when it has fewer than 32 hexadecimal digits.",
    signatures: &[signature(
        &[required(
            "value",
            Accepts::OneOf(&[Type::String, Type::Dynamic, Type::Guid]),
            "The text to convert.",
        )],
        Returns::Is(Type::Guid),
    )],
    examples: &[
        example("print toguid('0123456789ABCDEF0123456789abcdef')", "01234567-89ab-cdef-0123-456789abcdef"),
        example("print isnull(toguid('x'))", "True"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    match source.ty {
        Type::Guid => Ok(source.column(call.rows)),
        Type::String | Type::Dynamic => {
            call.values(|row| literals::guid(&source.text(row)).map_or(Value::Null(Type::Guid), Value::Guid))
        }
        Type::Bool
        | Type::Int
        | Type::Long
        | Type::Real
        | Type::Decimal
        | Type::DateTime
        | Type::TimeSpan => call.values(|_| Value::Null(Type::Guid)),
    }
}
