//! `strcat_array`: the elements of an array as one text.

use crate::function::*;
use crate::json;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "strcat_array",
    aliases: &["array_strcat"],
    summary: "Joins the texts of an array's elements with a delimiter between them.",
    signatures: &[signature(
        &[
            required("array", Accepts::Is(Type::Dynamic), "The array."),
            required("delimiter", Accepts::Any, "What stands between the texts."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print strcat_array(dynamic([1, 2, 3]), '->')", "1->2->3"),
        example("print strcat_array(dynamic(['a', true, null, [1, 2]]), '-')", "a-true--[1,2]"),
    ],
    evaluate: |call| {
        call.strings(|row| match call[0].json(row) {
            Some(Json::Array(elements)) => {
                let texts: Vec<String> = elements.iter().map(json::bare_text).collect();
                texts.join(call[1].text(row).as_ref())
            }
            Some(other) => json::bare_text(&other),
            None => String::new(),
        })
    },
    ..DEFAULTS
};

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{d, s, text};

    #[test]
    fn what_is_no_array_is_its_text() {
        assert_eq!(text(&FUNCTION, &[d("\"abc\""), s("-")]), "abc");
        assert_eq!(text(&FUNCTION, &[d("null"), s("-")]), "");
        assert_eq!(text(&FUNCTION, &[d("[]"), s("-")]), "");
    }
}
