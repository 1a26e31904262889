//! `next`: a column's value in a later row.

use crate::function::*;
use crate::types::Type;
use crate::windows::{reach, reach_overload};

/// The function.
pub const FUNCTION: Function = Function {
    name: "next",
    summary: "Gives a column's value so many rows after, null (or the default) where there is no such row.",
    signatures: &[signature(
        &[
            required("column", Accepts::Common, "The column to read."),
            constant(optional("offset", Accepts::Is(Type::Long), "How many rows on; 1 when not given.")),
            constant(optional("default_value", Accepts::Common, "The value where there is no such row.")),
        ],
        Returns::Argument(0),
    )],
    overload: Some(reach_overload),
    kind: Kind::Window,
    examples: &[
        example("range x from 1 to 3 step 1 | serialize p = next(x)", "1, 2; 2, 3; 3, "),
        example("range x from 1 to 3 step 1 | serialize p = next(x, 2, 0)", "1, 3; 2, 0; 3, 0"),
    ],
    evaluate: |call| reach(call, 1),
    ..DEFAULTS
};
