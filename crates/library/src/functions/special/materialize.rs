//! `materialize`: a table kept so that it is computed once. The planner rewrites the call.

use crate::function::*;

/// The function.
pub const FUNCTION: Function = Function {
    name: "materialize",
    summary: "Computes a table once and keeps it.",
    signatures: &[signature(
        &[required("table", Accepts::Any, "A tabular expression.")],
        Returns::Argument(0),
    )],
    examples: &[],
    result_name: ResultName::None,
    kind: Kind::Special(Special::Materialize),
    ..DEFAULTS
};
