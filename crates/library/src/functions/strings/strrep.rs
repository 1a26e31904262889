//! `strrep`: a text repeated.

use crate::call::EvaluateError;
use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "strrep",
    summary: "Repeats the text of a value.",
    signatures: &[signature(
        &[
            required("value", Accepts::Any, "The value."),
            required("multiplier", Accepts::Is(Type::Long), "How often."),
            optional("delimiter", Accepts::Any, "What stands between the repetitions."),
        ],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print strrep('ABC', 2)", "ABCABC"),
        example("print strrep(3s, 2, ' ')", "00:00:03 00:00:03"),
    ],
    evaluate: |call| {
        for row in 0..call.rows {
            let size = call[0].text(row).len() + call.get(2).map_or(0, |d| d.text(row).len());
            if call[1].long(row).is_some_and(|times| (size as i64).saturating_mul(times) > LARGEST) {
                return Err(EvaluateError(format!("strrep would make a text of more than {LARGEST} bytes")));
            }
        }
        call.strings(|row| {
            let times = call[1].long(row).and_then(|times| usize::try_from(times).ok()).unwrap_or(0);
            let text = call[0].text(row);
            match call.get(2) {
                Some(delimiter) => vec![text.as_ref(); times].join(delimiter.text(row).as_ref()),
                None => text.repeat(times),
            }
        })
    },
    ..DEFAULTS
};

/// The most bytes of one result.
const LARGEST: i64 = 64 << 20;

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{l, s, text};

    #[test]
    fn few_repetitions() {
        assert_eq!(text(&FUNCTION, &[s("a"), l(0)]), "");
        assert_eq!(text(&FUNCTION, &[s("a"), l(-1), s(",")]), "");
        assert_eq!(text(&FUNCTION, &[s("a"), l(1), s(",")]), "a");
    }
}
