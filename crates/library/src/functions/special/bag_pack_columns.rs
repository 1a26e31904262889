//! `bag_pack_columns`: columns as one bag under their names. The planner rewrites the call.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "bag_pack_columns",
    summary: "A bag of columns under their own names.",
    signatures: &[signature(&[repeated("column", Accepts::Any, 1, "A column.")], Returns::Is(Type::Dynamic))],
    examples: &[example(
        "print a = 1, b = 'x' | project p = bag_pack_columns(a, b)",
        "{\"a\":1,\"b\":\"x\"}",
    )],
    result_name: ResultName::None,
    kind: Kind::Special(Special::BagPackColumns),
    ..DEFAULTS
};
