//! `!hassuffix_cs`: the contrary of `hassuffix_cs`; case counts.

use crate::function::*;
use crate::text_match::{self, Matching, Place};
use crate::types::Type;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "!hassuffix_cs",
    summary: "The contrary of `hassuffix_cs`; case counts.",
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
        example("print 'x-error' !hassuffix_cs 'ROR'", "True"),
        example("print 'x-error' !hassuffix_cs 'ror'", "False"),
    ],
    evaluate: |call| text_match::evaluate(call, MATCHING),
    ..DEFAULTS
};

const MATCHING: Matching = Matching { place: Place::TermEnd, sensitive: true, negated: true };
