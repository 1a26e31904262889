//! `extent_id`: the shard of a row.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "extent_id",
    aliases: &["extentid"],
    summary: "A guid of zeros, as in Kusto for rows that are in no data shard: files have none.",
    signatures: &[signature(&[], Returns::Is(Type::Guid))],
    examples: &[example("print extent_id()", "00000000-0000-0000-0000-000000000000")],
    evaluate: |call| call.strings(|_| "00000000-0000-0000-0000-000000000000"),
    ..DEFAULTS
};
