//! `!hassuffix`: the contrary of `hassuffix`; case does not count.

use crate::function::*;
use crate::text_match::{self, Matching, Place};
use crate::types::Type;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "!hassuffix",
    summary: "The contrary of `hassuffix`; case does not count.",
    signatures: &[signature(
        &[
            required("text", Accepts::Text, "The text looked at."),
            required(
                "needle",
                Accepts::Is(Type::String),
                "The text looked for; the empty one is in every text.",
            ),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print 'x-error' !hassuffix 'ROR'", "False"),
        example("print 'x-error' !hassuffix 'ror'", "False"),
    ],
    evaluate: |call| text_match::evaluate(call, MATCHING),
    ..DEFAULTS
};

const MATCHING: Matching = Matching { place: Place::TermEnd, sensitive: false, negated: true };
