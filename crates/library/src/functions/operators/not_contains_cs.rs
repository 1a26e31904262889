//! `!contains_cs`: the contrary of `contains_cs`; case counts.

use crate::function::*;
use crate::text_match::{self, Matching, Place};
use crate::types::Type;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "!contains_cs",
    summary: "The contrary of `contains_cs`; case counts.",
    signatures: &[signature(
        &[
            required("text", Accepts::Text, "The text looked at."),
            required("needle", Accepts::Text, "The text looked for; the empty one is in every text."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print 'Insufficient access' !contains_cs 'CIENT'", "True"),
        example("print 'Insufficient access' !contains_cs 'cient'", "False"),
    ],
    evaluate: |call| text_match::evaluate(call, MATCHING),
    ..DEFAULTS
};

const MATCHING: Matching = Matching { place: Place::Anywhere, sensitive: true, negated: true };
