//! `=~`: whether two texts are the same when case does not count.

use crate::compare::text_at;
use crate::function::*;
use crate::text_match::{same_folded, source_bits};
use crate::types::Type;
use arrow::array::BooleanArray;
use std::sync::Arc;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "=~",
    summary: "Whether two texts are the same; case does not count.",
    signatures: &[signature(
        &[required("left", Accepts::Text, "A text."), required("right", Accepts::Text, "Another text.")],
        Returns::Is(Type::Bool),
    )],
    examples: &[example("print 'abc' =~ 'ABC'", "True"), example("print 'abc' =~ 'b'", "False")],
    evaluate: |call| {
        let (left, right) = (&call[0], &call[1]);
        if !right.constant {
            return call.bools(|row| Some(same_folded(&text_at(left, row), &text_at(right, row))));
        }
        let wanted = text_at(right, 0);
        let bits = source_bits(left, call.rows, |text| same_folded(text, &wanted));
        Ok(Arc::new(BooleanArray::new(bits, None)))
    },
    ..DEFAULTS
};
