//! `estimate_data_size`: the bytes that columns take.

use crate::call::Argument;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "estimate_data_size",
    summary: "About how many bytes the values of the columns take, of all with a star: texts their length in UTF-8, a dynamic that of its JSON, a number, datetime or timespan its width.",
    signatures: &[signature(
        &[repeated("column", Accepts::Any, 1, "A column, or `*`.")],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print a = 1, b = 'four' | project estimate_data_size(*)", "12"),
        example("print a = 1, b = 'four' | project estimate_data_size(b)", "4"),
        example("print estimate_data_size('häh', 1, int(1), now(), true, guid(null))", "41"),
    ],
    takes_star: true,
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
