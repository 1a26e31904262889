//! `not`: the contrary of a bool.

use crate::branches::{bools, predicate};
use crate::function::*;
use crate::types::Type;
use std::sync::Arc;

/// The function.
pub const FUNCTION: Function = Function {
    name: "not",
    summary: "The contrary of a bool; a number counts as true unless it is zero; null stays null.",
    overload: Some(|arguments| match arguments {
        [only] => Some(Overload { arguments: vec![predicate(only.ty)?], returns: Type::Bool }),
        _ => None,
    }),
    examples: &[example("print not(false)", "True"), example("print not(1)", "False")],
    evaluate: |call| {
        let value = bools(&call[0], call.rows);
        Ok(Arc::new(arrow::compute::not(&value).expect("any bool has a contrary")))
    },
    ..DEFAULTS
};
