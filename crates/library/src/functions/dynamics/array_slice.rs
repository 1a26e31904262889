//! `array_slice`: a stretch of an array.

use crate::arrays::{elements, place};
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_slice",
    summary: "Takes the elements between two places of an array, both included.",
    signatures: &[signature(
        &[
            required("array", Accepts::Is(Type::Dynamic), "The array."),
            required("start", Accepts::Integer, "Place of the first; a negative one counts from the end."),
            required("end", Accepts::Integer, "Place of the last; a negative one counts from the end."),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print array_slice(dynamic([1, 2, 3, 4, 5]), 1, 2)", "[2,3]"),
        example("print array_slice(dynamic([1, 2, 3, 4, 5]), -3, -1)", "[3,4,5]"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let elements = elements(&call[0], row)?;
            let first = place(call[1].long(row)?, elements.len()).max(0) as usize;
            let after = (place(call[2].long(row)?, elements.len()).saturating_add(1)).max(0) as usize;
            let count = after.saturating_sub(first);
            Some(Json::Array(elements.into_iter().skip(first).take(count).collect()))
        })
    },
    ..DEFAULTS
};

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{d, l, text};

    #[test]
    fn places_outside() {
        let slice = |start, end| text(&FUNCTION, &[d("[1,2,3]"), l(start), l(end)]);
        assert_eq!(slice(-9, 0), "[1]");
        assert_eq!(slice(1, 99), "[2,3]");
        assert_eq!(slice(2, 1), "[]");
        assert_eq!(slice(0, -9), "[]");
        assert_eq!(slice(0, i64::MAX), "[1,2,3]");
    }
}
