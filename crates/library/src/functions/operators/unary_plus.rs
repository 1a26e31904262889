//! `unary +`: the number itself.

use crate::function::*;
use crate::types::Type;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "unary +",
    summary: "The number or timespan itself.",
    signatures: &[signature(
        &[required(
            "operand",
            Accepts::OneOf(&[
                Type::Int,
                Type::Long,
                Type::Real,
                Type::Decimal,
                Type::TimeSpan,
                Type::Dynamic,
            ]),
            "The number.",
        )],
        Returns::Argument(0),
    )],
    examples: &[example("print +(1)", "1")],
    evaluate: |call| Ok(call[0].column(call.rows)),
    ..DEFAULTS
};
