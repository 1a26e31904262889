//! `iscolumnexists`: whether there is a column of a name. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "iscolumnexists",
    summary: "Whether there is a column of that name; `column_ifexists` takes its place.",
    signatures: &[signature(
        &[constant(required("name", Accepts::Is(Type::String), "The name of the column."))],
        Returns::Is(Type::Bool),
    )],
    examples: &[example(
        "print x = 1 | project a = iscolumnexists('x'), b = iscolumnexists('z')",
        "True, False",
    )],
    kind: Kind::Special(Special::IsColumnExists),
    ..DEFAULTS
};
