//! `split`: the parts of a text between delimiters.

use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "split",
    summary: "Cuts a text at each delimiter into an array.",
    signatures: &[signature(
        &[
            required("source", Accepts::Any, "The text."),
            required("delimiter", Accepts::Is(Type::String), "What stands between the parts."),
            optional("index", Accepts::Integer, "Position of the only part wanted; still an array."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print split('aa_bb', '_')", "[\"aa\",\"bb\"]"),
        example("print split('a_b_c', '_', 1)", "[\"b\"]"),
        example("print split('', '_')", "[\"\"]"),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.dynamics(|row| {
            let text = call[0].text(row);
            let delimiter = call[1].text(row);
            let parts = if delimiter.is_empty() {
                vec![Json::from(text.as_ref())]
            } else {
                text.split(delimiter.as_ref()).map(Json::from).collect()
            };
            let Some(index) = call.get(2) else { return Some(Json::Array(parts)) };
            let index = usize::try_from(index.long(row)?).ok();
            Some(Json::Array(index.and_then(|index| parts.into_iter().nth(index)).into_iter().collect()))
        })
    },
    ..DEFAULTS
};

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{l, s, text};

    #[test]
    fn delimiters_side_by_side_and_missing_parts() {
        assert_eq!(text(&FUNCTION, &[s("a__b"), s("_")]), r#"["a","","b"]"#);
        assert_eq!(text(&FUNCTION, &[s("a_b"), s("_"), l(7)]), "[]");
        assert_eq!(text(&FUNCTION, &[s("a_b"), s("_"), l(-1)]), "[]");
    }
}
