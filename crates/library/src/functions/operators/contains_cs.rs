//! `contains_cs`: whether a text holds another anywhere; case counts.

use crate::function::*;
use crate::text_match::{self, Matching, Place};
use crate::types::Type;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "contains_cs",
    summary: "Whether a text holds another anywhere; case counts.",
    signatures: &[signature(
        &[
            required("text", Accepts::Text, "The text looked at."),
            required("needle", Accepts::Text, "The text looked for; the empty one is in every text."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print 'Insufficient access' contains_cs 'CIENT'", "False"),
        example("print 'Insufficient access' contains_cs 'cient'", "True"),
    ],
    evaluate: |call| text_match::evaluate(call, MATCHING),
    ..DEFAULTS
};

const MATCHING: Matching = Matching { place: Place::Anywhere, sensitive: true, negated: false };
