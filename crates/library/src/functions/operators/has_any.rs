//! `has_any`: whether a text holds any of several texts as whole terms; case does not count.

use crate::function::*;
use crate::term_list::terms;
use crate::text_column::Count;
use crate::types::Type;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "has_any",
    summary: "Whether a text holds any of several texts as whole terms; case does not count.",
    signatures: &[signature(
        &[
            required("text", Accepts::Text, "The text looked at."),
            repeated("needle", Accepts::Any, 1, "A text looked for, or an array of them."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print 'user created in group' has_any ('user', 'GROUP')", "True"),
        example("print 'user created in group' has_any (dynamic(['user', 'role']))", "True"),
    ],
    evaluate: |call| terms(call, Count::Any),
    ..DEFAULTS
};

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value;

    #[test]
    fn odd_items() {
        let text = || s("error 42 in x_y");
        assert_eq!(answer("has_any", &[text(), Value::Long(42)]), "True");
        assert_eq!(answer("has_any", &[text(), dynamic("[null]")]), "True");
        assert_eq!(answer("has_any", &[text(), dynamic("[]")]), "False");
        assert_eq!(answer("has_any", &[text(), dynamic("[\"Y\", \"z\"]")]), "True");
        assert_eq!(answer("has_any", &[dynamic("null"), s("")]), "False");
    }
}
