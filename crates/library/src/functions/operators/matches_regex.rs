//! `matches regex`: whether a regular expression is found anywhere in a text.

use crate::function::*;
use crate::pattern;
use crate::text_match::source_bits;
use crate::types::Type;
use arrow::array::BooleanArray;
use std::sync::Arc;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "matches regex",
    summary: "Whether a regular expression is found anywhere in a text.",
    signatures: &[signature(
        &[
            required("text", Accepts::Text, "The text looked at."),
            constant(required("pattern", Accepts::Text, "The regular expression.")),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print 'user42' matches regex '[a-z]+[0-9]+'", "True"),
        example("print 'user' matches regex '^[0-9]'", "False"),
    ],
    evaluate: |call| {
        let regex = pattern::argument(&call[1], "", "")?;
        let bits = source_bits(&call[0], call.rows, |text| regex.is_match(text));
        Ok(Arc::new(BooleanArray::new(bits, None)))
    },
    ..DEFAULTS
};
