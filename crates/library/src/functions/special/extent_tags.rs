//! `extent_tags`: the tags of a row's shard.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "extent_tags",
    summary: "Null, as in Kusto for rows that are in no data shard: files have none.",
    signatures: &[signature(&[], Returns::Is(Type::Dynamic))],
    examples: &[example("print isnull(extent_tags())", "True")],
    evaluate: |call| call.dynamics(|_| None),
    ..DEFAULTS
};
