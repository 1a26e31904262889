//! `tostring`: the text of a value.

use crate::call::{Call, Evaluated};
use crate::function::*;
use crate::json;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "tostring",
    summary: "Converts a value to a string; null is the empty string.",
    signatures: &[signature(
        &[required("value", Accepts::Any, "The value to convert.")],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print tostring(123)", "123"),
        example("print tostring(true)", "True"),
        example("print tostring(dynamic({'a': [1, 'x']}))", "{\"a\":[1,\"x\"]}"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let source = &call[0];
    match source.ty {
        Type::String => Ok(source.column(call.rows)),
        Type::Dynamic => call.strings(|row| match source.raw(row) {
            text if text.starts_with('"') => json::unquoted(text),
            "null" => "".into(),
            text => json::compact(text),
        }),
        Type::Guid => call.strings(|row| source.raw(row)),
        Type::Bool
        | Type::Int
        | Type::Long
        | Type::Real
        | Type::Decimal
        | Type::DateTime
        | Type::TimeSpan => call.strings(|row| source.text(row)),
    }
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::types::Type;
    use crate::value::Value;

    #[test]
    fn every_null_is_the_empty_string() {
        for ty in Type::ALL {
            assert_eq!(answer("tostring", &[Value::absent(ty)]), "");
        }
        assert_eq!(answer("tostring", &[dynamic("\"a\\nb\"")]), "a\nb");
        assert_eq!(answer("tostring", &[dynamic("118.0")]), "118.0");
        assert_eq!(answer("tostring", &[dynamic("true")]), "true");
    }
}
