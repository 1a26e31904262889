//! What `reduce` asks for: the pattern of each text among all texts. Its name has a blank, so that no query reaches it.

use crate::function::*;
use crate::reduce::{Options, reduce};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "reduce pattern",
    summary: "The pattern that a text shares with many others.",
    signatures: &[signature(
        &[
            required("text", Accepts::Is(Type::String), "The text."),
            constant(required(
                "threshold",
                Accepts::Is(Type::Real),
                "Which part of the texts makes a pattern.",
            )),
            constant(required("characters", Accepts::Is(Type::String), "What separates terms.")),
        ],
        Returns::Is(Type::String),
    )],
    kind: Kind::Window,
    evaluate: |call| {
        let texts: Vec<&str> = (0..call.rows).map(|row| call[0].raw(row)).collect();
        let characters = call[2].constant_text()?;
        let options = Options { threshold: call[1].real(0).unwrap_or(0.1), characters: &characters };
        let reduced = reduce(&texts, &options);
        call.strings(|row| &reduced.patterns[reduced.chosen[row]])
    },
    ..DEFAULTS
};
