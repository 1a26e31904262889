//! `series_fill_linear`: gaps filled along a straight line.

use crate::arrays::elements;
use crate::function::*;
use crate::json::from_real;
use crate::series::{is_missing, number};
use crate::types::Type;
use crate::value::Json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "series_fill_linear",
    summary: "Fills missing elements on the line between their neighbours, those at the edges with the nearest value.",
    signatures: &[signature(
        &[
            required("series", Accepts::Is(Type::Dynamic), "Array of numbers."),
            optional("missing", Accepts::Number, "What counts as missing; null without it."),
            optional("fill_edges", Accepts::Is(Type::Bool), "Whether the edges are filled; true without it."),
            optional(
                "constant_value",
                Accepts::Number,
                "What fills a series of missing elements only; 0 without it.",
            ),
        ],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[
        example("print series_fill_linear(dynamic([null, 111, null, 36]))", "[111,111,73,36]"),
        example(
            "print series_fill_linear(dynamic([1.0, null, null, 2.5, null]), double(null), false)",
            "[1.0,1.5,2.0,2.5,null]",
        ),
    ],
    result_name: ResultName::FirstArgument,
    evaluate: |call| {
        call.dynamics(|row| {
            let elements = elements(&call[0], row)?;
            let missing = call.get(1).and_then(|missing| missing.real(row));
            let edges = call.get(2).and_then(|edges| edges.bool(row)).unwrap_or(true);
            let known: Vec<usize> =
                (0..elements.len()).filter(|index| !is_missing(&elements[*index], missing)).collect();
            if known.is_empty() {
                let constant = match call.get(3) {
                    Some(constant) => constant.json(row).unwrap_or(Json::Null),
                    None => from_real(0.0),
                };
                return Some(Json::Array(vec![constant; elements.len()]));
            }
            Some(Json::Array(filled(elements, &known, edges)))
        })
    },
    ..DEFAULTS
};

/// The series with the places between the known ones on straight lines; whole numbers stay whole.
fn filled(mut elements: Vec<Json>, known: &[usize], edges: bool) -> Vec<Json> {
    let whole = known.iter().all(|index| elements[*index].is_i64());
    let [first, .., last] = known else {
        let only = elements[known[0]].clone();
        return if edges { vec![only; elements.len()] } else { elements };
    };
    for pair in known.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let (Some(start), Some(end)) = (number(&elements[from]), number(&elements[to])) else { continue };
        for (index, element) in elements.iter_mut().enumerate().take(to).skip(from + 1) {
            let value = start + (end - start) / (to - from) as f64 * (index - from) as f64;
            *element = if whole { Json::from(value as i64) } else { from_real(value) };
        }
    }
    if edges {
        let (start, end) = (elements[*first].clone(), elements[*last].clone());
        elements[..*first].fill(start);
        elements[last + 1..].fill(end);
    }
    elements
}

#[cfg(test)]
mod tests {
    use super::FUNCTION;
    use crate::trial::{d, text};

    #[test]
    fn gaps_of_every_kind() {
        let filled = |json: &str| text(&FUNCTION, &[d(json)]);
        assert_eq!(
            filled("[null,111,null,36,41,null,null,16,61,33,null,null]"),
            "[111,111,73,36,41,32,24,16,61,33,33,33]"
        );
        assert_eq!(filled("[null,null]"), "[0.0,0.0]");
        assert_eq!(filled("[null,5,null]"), "[5,5,5]");
        assert_eq!(filled("[]"), "[]");
        assert_eq!(filled("7"), "");
    }
}
