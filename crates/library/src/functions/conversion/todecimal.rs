//! `todecimal`: a value as a decimal.

use crate::call::{Argument, Call, Evaluated};
use crate::decimal;
use crate::function::*;
use crate::json::{Held, held};
use crate::literals;
use crate::types::Type;
use crate::value::Value;
use arrow::datatypes::i256;

/// The function.
pub const FUNCTION: Function = Function {
    name: "todecimal",
    summary: "Converts a value to a decimal; null when it has none.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value to convert.")],
        Returns::Is(Type::Decimal),
    )],
    examples: &[example("print todecimal('123.45')", "123.45"), example("print todecimal(0.25)", "0.25")],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    if source.ty == Type::Decimal {
        return Ok(source.column(call.rows));
    }
    call.values(|row| convert(source, row).map_or(Value::Null(Type::Decimal), Value::Decimal))
}

fn convert(source: &Argument, row: usize) -> Option<i256> {
    match source.ty {
        Type::Bool | Type::Int | Type::Long | Type::DateTime | Type::TimeSpan => {
            source.long(row).map(decimal::from_long)
        }
        Type::Real => source.real(row).and_then(decimal::from_real),
        Type::String => literals::decimal(source.raw(row)),
        Type::Dynamic => match held(source.raw(row)) {
            Held::Long(value) => Some(decimal::from_long(value)),
            Held::Real(_) => literals::decimal(source.raw(row)),
            Held::Bool(value) => Some(decimal::from_long(i64::from(value))),
            Held::String(text) => literals::decimal(&text),
            Held::Null | Held::Array | Held::Bag => None,
        },
        Type::Decimal | Type::Guid => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value;

    #[test]
    fn odd_values() {
        for (value, wanted) in [
            (Value::Real(f64::NAN), "null"),
            (Value::Long(i64::MIN), "-9223372036854775808"),
            (s("1e-3"), "0.001"),
            (s("x"), "null"),
            (dynamic("1.5"), "1.5"),
        ] {
            assert_eq!(answer("todecimal", &[value]), wanted);
        }
    }
}
