//! `column_ifexists`: a column by its name, or another value when there is none. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "column_ifexists",
    aliases: &["columnifexists"],
    summary: "The column of that name; the second argument when there is none.",
    signatures: &[signature(
        &[
            constant(required("name", Accepts::Is(Type::String), "The name of the column.")),
            required("default", Accepts::Any, "What stands in for a missing column."),
        ],
        Returns::Argument(1),
    )],
    examples: &[
        example("print x = 1 | project y = column_ifexists('x', 2)", "1"),
        example("print x = 1 | project y = column_ifexists('z', 2)", "2"),
    ],
    result_name: ResultName::FirstArgument,
    kind: Kind::Special(Special::ColumnIfExists),
    ..DEFAULTS
};
