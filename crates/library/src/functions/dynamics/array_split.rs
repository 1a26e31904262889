//! `array_split`: an array cut in pieces.

use crate::arrays::{elements, place};
use crate::function::*;
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "array_split",
    summary: "Cuts an array before the places given and gives the pieces as an array of arrays.",
    signatures: &[
        signature(
            &[
                required("array", Accepts::Is(Type::Dynamic), "The array."),
                required(
                    "indices",
                    Accepts::Is(Type::Dynamic),
                    "Places to cut before, in order; negative ones count from the end.",
                ),
            ],
            Returns::Is(Type::Dynamic),
        ),
        signature(
            &[
                required("array", Accepts::Is(Type::Dynamic), "The array."),
                required("index", Accepts::Integer, "The place to cut before."),
            ],
            Returns::Is(Type::Dynamic),
        ),
    ],
    examples: &[
        example("print array_split(dynamic([1, 2, 3, 4, 5]), 2)", "[[1,2],[3,4,5]]"),
        example("print array_split(dynamic([1, 2, 3, 4, 5]), dynamic([1, -2]))", "[[1],[2,3],[4,5]]"),
    ],
    evaluate: |call| {
        call.dynamics(|row| {
            let elements = elements(&call[0], row)?;
            let cuts = match call[1].json(row)? {
                Json::Array(cuts) => cuts.iter().map(Json::as_i64).collect::<Option<Vec<i64>>>()?,
                cut => vec![cut.as_i64()?],
            };
            let mut pieces = Vec::with_capacity(cuts.len() + 1);
            let mut from = 0;
            for cut in cuts {
                let to = (place(cut, elements.len()).max(0) as usize).clamp(from, elements.len());
                pieces.push(Json::Array(elements[from..to].to_vec()));
                from = to;
            }
            pieces.push(Json::Array(elements[from..].to_vec()));
            Some(Json::Array(pieces))
        })
    },
    ..DEFAULTS
};

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{d, l, text};

    #[test]
    fn cuts_outside_or_out_of_order() {
        assert_eq!(text(&FUNCTION, &[d("[1,2]"), l(9)]), "[[1,2],[]]");
        assert_eq!(text(&FUNCTION, &[d("[1,2,3]"), d("[2,1]")]), "[[1,2],[],[3]]");
        assert_eq!(text(&FUNCTION, &[d("[1,2]"), d("[]")]), "[[1,2]]");
    }
}
