//! `pack_all`: all columns as one bag. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "pack_all",
    summary: "All columns of the row as one bag; with true, without nulls and empty texts.",
    signatures: &[signature(
        &[optional(
            "ignore_null_empty",
            Accepts::Is(Type::Bool),
            "Whether nulls and empty texts are left out.",
        )],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example("print a = 1, b = 'x' | project p = pack_all()", "{\"a\":1,\"b\":\"x\"}")],
    result_name: ResultName::None,
    kind: Kind::Special(Special::PackAll),
    ..DEFAULTS
};
