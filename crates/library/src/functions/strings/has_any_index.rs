//! `has_any_index`: which of several terms a text has.

use crate::function::*;
use crate::text_list::TextList;
use crate::text_match::{Needle, Place};
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "has_any_index",
    summary: "Gives the place of the first text of an array that occurs in a text as a whole term; -1 when none does.",
    signatures: &[signature(
        &[
            required("source", Accepts::Text, "The text to search."),
            required("values", Accepts::Is(Type::Dynamic), "Array of the terms."),
        ],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print has_any_index('this is an example', dynamic(['that', 'example']))", "1"),
        example("print has_any_index('this is an example', dynamic(['exam']))", "-1"),
    ],
    evaluate: |call| {
        let needles = TextList::new(&call.arguments[1..], |value| value.to_lowercase());
        call.longs(|row| {
            let text = call[0].text(row).to_lowercase();
            let values = needles.at(row)?;
            let has = |value: &String| Needle::new(value, Place::Terms, true).is_in(&text);
            let found = values.iter().position(has);
            Some(found.map_or(-1, |index| index as i64))
        })
    },
    ..DEFAULTS
};
