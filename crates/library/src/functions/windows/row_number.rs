//! `row_number`: the number of a row in its order.

use crate::function::*;
use crate::types::Type;
use crate::windows::restarts;

/// The function.
pub const FUNCTION: Function = Function {
    name: "row_number",
    summary: "Numbers the rows, from 1 or a start; a restart begins again with the start.",
    signatures: &[signature(
        &[
            constant(optional("start", Accepts::Is(Type::Long), "The first number; 1 when not given.")),
            optional("restart", Accepts::Is(Type::Bool), "Where true, numbering begins again."),
        ],
        Returns::Is(Type::Long),
    )],
    kind: Kind::Window,
    examples: &[
        example("range x from 5 to 7 step 1 | serialize n = row_number()", "5, 1; 6, 2; 7, 3"),
        example("range x from 5 to 7 step 1 | serialize n = row_number(0, x == 7)", "5, 0; 6, 1; 7, 0"),
    ],
    evaluate: |call| {
        let start = call.get(0).and_then(|start| start.long(0)).unwrap_or(1);
        let mut next = start;
        call.longs(|row| {
            if restarts(call, 1, row) {
                next = start;
            }
            let number = next;
            next = next.wrapping_add(1);
            Some(number)
        })
    },
    ..DEFAULTS
};
