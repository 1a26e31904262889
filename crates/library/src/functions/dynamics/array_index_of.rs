//! `array_index_of`: where an element stands in an array.

use crate::arrays::{Arrays, place, same};
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_index_of",
    summary: "Finds the place of an element in an array; -1 when it is not there.",
    signatures: &[signature(
        &[
            required("array", Accepts::Is(Type::Dynamic), "The array."),
            required("value", Accepts::Any, "The element to find."),
            optional("start", Accepts::Integer, "Place to search from; a negative one counts from the end."),
            optional("length", Accepts::Integer, "Number of elements to examine, -1 for all."),
            constant(optional("occurrence", Accepts::Integer, "Which occurrence; the first without it.")),
        ],
        Returns::Is(Type::Long),
    )],
    examples: &[
        example("print array_index_of(dynamic(['this', 'is', 'an']), 'is')", "1"),
        example("print array_index_of(dynamic([1, 2, 1]), 1, 1)", "2"),
        example("print array_index_of(dynamic([1, 2]), 3)", "-1"),
    ],
    evaluate: |call| {
        let arrays = Arrays::new(&call[0]);
        call.longs(|row| {
            let elements = arrays.at(row)?;
            let wanted = call[1].json(row).unwrap_or(Json::Null);
            let at = |index: usize, otherwise: i64| match call.get(index) {
                Some(argument) => argument.long(row),
                None => Some(otherwise),
            };
            let start = place(at(2, 0)?, elements.len()).max(0) as usize;
            let (length, occurrence) = (at(3, -1)?, at(4, 1)?);
            if length < -1 || occurrence < 0 {
                return None;
            }
            let count = usize::try_from(length).unwrap_or(usize::MAX);
            let nth = (occurrence.max(1) - 1) as usize;
            let mut found = elements
                .iter()
                .enumerate()
                .skip(start)
                .take(count)
                .filter(|(_, element)| same(element, &wanted));
            Some(found.nth(nth).map_or(-1, |(index, _)| index as i64))
        })
    },
    ..DEFAULTS
};
