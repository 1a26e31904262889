//! `strcat`: texts joined.

use crate::function::*;
use crate::types::Type;
use arrow::array::StringViewBuilder;
use std::sync::Arc;

/// The function.
pub const FUNCTION: Function = Function {
    name: "strcat",
    summary: "Joins the texts of all arguments.",
    signatures: &[signature(
        &[repeated("value", Accepts::Any, 1, "A value; null joins nothing.")],
        Returns::Is(Type::String),
    )],
    examples: &[
        example("print strcat('hello', ' ', 'world')", "hello world"),
        example("print strcat('x', int(null), 1.5)", "x1.5"),
    ],
    evaluate: |call| {
        let mut joined = String::new();
        let mut builder = StringViewBuilder::with_capacity(call.rows);
        for row in 0..call.rows {
            joined.clear();
            for argument in call.arguments {
                joined.push_str(&argument.text(row));
            }
            builder.append_value(&joined);
        }
        Ok(Arc::new(builder.finish()))
    },
    ..DEFAULTS
};
