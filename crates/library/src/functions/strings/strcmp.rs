//! `strcmp`: two texts in order.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "strcmp",
    summary: "Compares two texts by their code points: -1, 0 or 1.",
    signatures: &[signature(
        &[required("string1", Accepts::Any, "The first."), required("string2", Accepts::Any, "The second.")],
        Returns::Is(Type::Long),
    )],
    examples: &[example("print strcmp('ABC', 'ABC')", "0"), example("print strcmp('abc', 'ABC')", "1")],
    evaluate: |call| {
        call.longs(|row| Some(call[0].text(row).as_ref().cmp(call[1].text(row).as_ref()) as i64))
    },
    ..DEFAULTS
};
