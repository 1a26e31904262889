//! `in~`: whether a value is among several; case does not count; arrays among them count by their elements.

use crate::function::*;
use crate::membership;
use crate::types::Type;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "in~",
    summary: "Whether a value is among several; case does not count; arrays among them count by their elements.",
    signatures: &[signature(
        &[
            required("value", Accepts::Text, "The text looked for."),
            repeated("item", Accepts::Any, 1, "A text, or an array of them."),
        ],
        Returns::Is(Type::Bool),
    )],
    kind: Kind::Comparison,
    examples: &[
        example("print 'a' in~ ('A', 'b')", "True"),
        example("print 'a' in~ (dynamic(['a', 'b']))", "True"),
    ],
    evaluate: |call| membership::evaluate(call, true, false),
    ..DEFAULTS
};
