//! `hasprefix_cs`: whether a text holds a term that begins with another text; case counts.

use crate::function::*;
use crate::text_match::{self, Matching, Place};
use crate::types::Type;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "hasprefix_cs",
    summary: "Whether a text holds a term that begins with another text; case counts.",
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
        example("print 'x-error' hasprefix_cs 'ERR'", "False"),
        example("print 'x-error' hasprefix_cs 'err'", "True"),
    ],
    evaluate: |call| text_match::evaluate(call, MATCHING),
    ..DEFAULTS
};

const MATCHING: Matching = Matching { place: Place::TermStart, sensitive: true, negated: false };
