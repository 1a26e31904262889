//! `row_cumsum`: the sum of a column up to and with each row.

use crate::function::*;
use crate::types::Type;
use crate::value::Value;
use crate::windows::restarts;
use arrow::datatypes::i256;

/// The function.
pub const FUNCTION: Function = Function {
    name: "row_cumsum",
    summary: "Sums a column up row by row; a restart begins again with its own row. Nulls add nothing.",
    signatures: &[signature(
        &[
            required(
                "term",
                Accepts::OneOf(&[Type::Int, Type::Long, Type::Real, Type::Decimal, Type::TimeSpan]),
                "What is summed.",
            ),
            optional("restart", Accepts::Is(Type::Bool), "Where true, the sum begins again."),
        ],
        Returns::Argument(0),
    )],
    kind: Kind::Window,
    examples: &[
        example("range x from 1 to 3 step 1 | serialize c = row_cumsum(x)", "1, 1; 2, 3; 3, 6"),
        example("range x from 1 to 3 step 1 | serialize c = row_cumsum(x, x == 3)", "1, 1; 2, 3; 3, 3"),
    ],
    evaluate: |call| {
        let (mut whole, mut real, mut decimal) = (0i64, 0.0f64, i256::ZERO);
        call.values(|row| {
            if restarts(call, 1, row) {
                (whole, real, decimal) = (0, 0.0, i256::ZERO);
            }
            match call[0].value(row) {
                Value::Int(v) => whole = whole.wrapping_add(i64::from(v)),
                Value::Long(v) | Value::TimeSpan(v) => whole = whole.wrapping_add(v),
                Value::Real(v) => real += v,
                Value::Decimal(v) => decimal = decimal.wrapping_add(v),
                Value::Null(_)
                | Value::Bool(_)
                | Value::String(_)
                | Value::DateTime(_)
                | Value::Guid(_)
                | Value::Dynamic(_) => {}
            }
            match call.returns {
                Type::Real => Value::Real(real),
                Type::Decimal => Value::Decimal(decimal),
                ty => crate::states::rows::long_value(ty, whole),
            }
        })
    },
    ..DEFAULTS
};
