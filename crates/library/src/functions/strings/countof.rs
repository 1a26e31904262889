//! `countof`: how often a text or a regular expression occurs.

use crate::call::EvaluateError;
use crate::function::*;
use crate::pattern;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "countof",
    summary: "Counts the occurrences of a text (overlapping ones too) or of a regular expression in a text.",
    signatures: &[signature(
        &[
            required("source", Accepts::Is(Type::String), "The text to search."),
            constant(required(
                "search",
                Accepts::Is(Type::String),
                "The text or regular expression to count.",
            )),
            constant(optional("kind", Accepts::Is(Type::String), "`normal` (the default) or `regex`.")),
        ],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print countof('aaaa', 'aa')", "3"),
        example("print countof('aaaa', 'aa', 'regex')", "2"),
    ],
    evaluate: |call| {
        let kind = call.get(2).map_or_else(|| Ok("normal".to_owned()), |kind| kind.constant_text())?;
        match kind.as_str() {
            "regex" => {
                let regex = pattern::argument(&call[1], "", "")?;
                call.longs(|row| Some(regex.find_iter(call[0].raw(row)).count() as i64))
            }
            "normal" => call.longs(|row| Some(overlapping(call[0].raw(row), call[1].raw(row)))),
            _ => Err(EvaluateError(format!("countof knows the kinds 'normal' and 'regex', not '{kind}'"))),
        }
    },
    ..DEFAULTS
};

/// Places where a text starts in another; the empty text is counted nowhere.
fn overlapping(text: &str, wanted: &str) -> i64 {
    let Some(first) = wanted.chars().next() else { return 0 };
    let (mut count, mut from) = (0, 0);
    while let Some(at) = text[from..].find(wanted) {
        count += 1;
        from += at + first.len_utf8();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::overlapping;

    #[test]
    fn empty_texts() {
        assert_eq!(overlapping("abc", ""), 0);
        assert_eq!(overlapping("", "a"), 0);
        assert_eq!(overlapping("ééé", "éé"), 2);
    }
}
