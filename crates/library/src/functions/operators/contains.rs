//! `contains`: whether a text holds another anywhere; case does not count.

use crate::function::*;
use crate::text_match::{self, Matching, Place};
use crate::types::Type;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "contains",
    summary: "Whether a text holds another anywhere; case does not count.",
    signatures: &[signature(
        &[
            required("text", Accepts::Text, "The text looked at."),
            required("needle", Accepts::Text, "The text looked for; the empty one is in every text."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print 'Insufficient access' contains 'CIENT'", "True"),
        example("print 'Insufficient access' contains 'cient'", "True"),
    ],
    evaluate: |call| text_match::evaluate(call, MATCHING),
    ..DEFAULTS
};

const MATCHING: Matching = Matching { place: Place::Anywhere, sensitive: false, negated: false };
