//! `endswith_cs`: whether a text ends with another; case counts.

use crate::function::*;
use crate::text_match::{self, Matching, Place};
use crate::types::Type;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "endswith_cs",
    summary: "Whether a text ends with another; case counts.",
    signatures: &[signature(
        &[
            required("text", Accepts::Text, "The text looked at."),
            required("needle", Accepts::Text, "The text looked for; the empty one is in every text."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print 'Insufficient access' endswith_cs 'ACCESS'", "False"),
        example("print 'Insufficient access' endswith_cs 'access'", "True"),
    ],
    evaluate: |call| text_match::evaluate(call, MATCHING),
    ..DEFAULTS
};

const MATCHING: Matching = Matching { place: Place::End, sensitive: true, negated: false };
