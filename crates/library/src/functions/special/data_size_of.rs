//! `data_size_of`: the bytes that values take; what `estimate_data_size` becomes.

use crate::call::Argument;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "data_size_of",
    summary: "About how many bytes values take: texts their length in UTF-8, a dynamic that of its JSON, a number, datetime or timespan its width.",
    signatures: &[signature(&[repeated("value", Accepts::Any, 1, "A value.")], Returns::Is(Type::Long))],
    examples: &[example("print data_size_of('häh', 1, int(1), now(), true, guid(null))", "41")],
    evaluate: |call| call.longs(|row| Some(call.arguments.iter().map(|argument| size(argument, row)).sum())),
    ..DEFAULTS
};

fn size(argument: &Argument, row: usize) -> i64 {
    match argument.ty {
        Type::Bool => 1,
        Type::Int => 4,
        Type::Long | Type::Real | Type::DateTime | Type::TimeSpan => 8,
        Type::Decimal | Type::Guid => 16,
        // A dynamic is kept with its structure, which takes more than the text alone.
        Type::Dynamic => argument.raw(row).len() as i64 + 1,
        Type::String => argument.raw(row).len() as i64,
    }
}
