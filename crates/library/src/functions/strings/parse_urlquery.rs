//! `parse_urlquery`: the parameters of a URL's query.

use crate::function::*;
use crate::types::Type;
use crate::url_text::query_parameters;
use serde_json::json;

/// The function.
pub const FUNCTION: Function = Function {
    name: "parse_urlquery",
    aliases: &["parseurlquery"],
    summary: "Takes the query of a URL apart into its parameters.",
    signatures: &[signature(
        &[required("query", Accepts::Text, "The text after the question mark.")],
        Returns::Is(Type::Dynamic),
    )],
    examples: &[example(
        "print parse_urlquery('k1=v1&k2=v2')",
        "{\"Query Parameters\":{\"k1\":\"v1\",\"k2\":\"v2\"}}",
    )],
    evaluate: |call| {
        call.dynamics(|row| Some(json!({ "Query Parameters": query_parameters(&call[0].text(row)) })))
    },
    ..DEFAULTS
};
