//! `ingestion_time`: when a row came in, which files do not say.

use crate::function::*;
use crate::types::Type;

/// The function.
pub const FUNCTION: Function = Function {
    name: "ingestion_time",
    summary: "Null, as in Kusto for tables that do not note when a row came in: files do not say.",
    signatures: &[signature(&[], Returns::Is(Type::DateTime))],
    examples: &[example("print x = 1 | project isnull(ingestion_time())", "True")],
    evaluate: |call| call.longs(|_| None),
    ..DEFAULTS
};
