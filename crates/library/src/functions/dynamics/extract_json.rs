//! `extract_json`: a value at a path of a JSON text.

use crate::function::*;
use crate::json;
use crate::json_path;
use crate::literals::convert;
use crate::overload::named_type;
use crate::types::Type;
use crate::value::Value;

/// The function.
pub const FUNCTION: Function = Function {
    name: "extract_json",
    aliases: &["extractjson"],
    summary: "Takes the value at a path from a JSON text, as a text or as another type.",
    signatures: &[
        signature(
            &[
                constant(required("json_path", Accepts::Is(Type::String), "The path: `$.a.b[0]`.")),
                required("json_text", Accepts::Text, "The JSON text."),
            ],
            Returns::Is(Type::String),
        ),
        signature(
            &[
                constant(required("json_path", Accepts::Is(Type::String), "The path: `$.a.b[0]`.")),
                required("json_text", Accepts::Text, "The JSON text."),
                constant(required(
                    "type",
                    Accepts::Is(Type::String),
                    "The type to convert to: `typeof(long)`.",
                )),
            ],
            Returns::Computed(|arguments| named_type(arguments.get(2))),
        ),
    ],
    examples: &[
        example("print extract_json('$.name', '{\"name\": \"John\", \"age\": 30}')", "John"),
        example("print extract_json('$.ages[1]', '{\"ages\": [30, 31]}', typeof(int))", "31"),
    ],
    evaluate: |call| {
        let steps = json_path::parse(&call[0].constant_text()?);
        let found = |row: usize| {
            let tree = json::parse(&call[1].text(row))?;
            json_path::get(&tree, steps.as_ref()?).cloned()
        };
        call.values(|row| match found(row) {
            Some(value) if call.returns == Type::Dynamic => Value::dynamic(value),
            Some(value) => convert(call.returns, &json::bare_text(&value)),
            None => Value::absent(call.returns),
        })
    },
    ..DEFAULTS
};

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{call, s, text};
    use crate::types::Type;
    use crate::value::Value;

    #[test]
    fn what_is_not_there() {
        assert_eq!(text(&FUNCTION, &[s("$.b"), s(r#"{"a":1}"#)]), "");
        assert_eq!(text(&FUNCTION, &[s("$.a"), s("no json")]), "");
        assert_eq!(call(&FUNCTION, &[s("$.b"), s(r#"{"a":1}"#), s("long")]), Value::Null(Type::Long));
        assert_eq!(text(&FUNCTION, &[s("$"), s(r#"{"a": 1}"#)]), r#"{"a":1}"#);
    }
}
