//! `column_names_of`: the names of the columns of a table. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "column_names_of",
    summary: "The names of the columns of a table, as an array.",
    signatures: &[signature(
        &[required("table", Accepts::Any, "A tabular expression.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[],
    result_name: ResultName::None,
    kind: Kind::Special(Special::ColumnNamesOf),
    ..DEFAULTS
};
