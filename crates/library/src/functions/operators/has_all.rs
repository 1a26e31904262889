//! `has_all`: whether a text holds every of several texts as whole terms; case does not count.

use crate::call::{Argument, Call, Evaluated};
use crate::function::*;
use crate::membership::item_texts;
use crate::text_match::{Needle, Place, source_bits};
use crate::types::Type;
use arrow::array::BooleanArray;
use arrow::buffer::BooleanBuffer;
use std::sync::Arc;

/// The operator.
pub const FUNCTION: Function = Function {
    name: "has_all",
    summary: "Whether a text holds every of several texts as whole terms; case does not count.",
    signatures: &[signature(
        &[
            required("text", Accepts::Text, "The text looked at."),
            repeated("needle", Accepts::Any, 1, "A text looked for, or an array of them."),
        ],
        Returns::Is(Type::Bool),
    )],
    examples: &[
        example("print 'user created in group' has_all ('user', 'GROUP')", "True"),
        example("print 'user created in group' has_all (dynamic(['user', 'role']))", "False"),
    ],
    evaluate,
    ..DEFAULTS
};

fn evaluate(call: &Call) -> Evaluated {
    let (source, items) = (&call[0], &call.arguments[1..]);
    let bits = if items.iter().all(|item| item.constant) {
        let needles = needles(items, 0);
        source_bits(source, call.rows, |text| found(&needles, text))
    } else {
        BooleanBuffer::collect_bool(call.rows, |row| found(&needles(items, row), &source.text(row)))
    };
    // A null on the left holds nothing.
    let bits = match source.ty {
        Type::Dynamic => {
            BooleanBuffer::collect_bool(call.rows, |row| bits.value(row) && !source.is_null(row))
        }
        _ => bits,
    };
    Ok(Arc::new(BooleanArray::new(bits, None)))
}

fn needles(items: &[Argument], row: usize) -> Vec<Needle> {
    item_texts(items, row).iter().map(|text| Needle::new(text, Place::Terms, false)).collect()
}

fn found(needles: &[Needle], text: &str) -> bool {
    needles.iter().all(|needle| needle.is_in(text))
}

#[cfg(test)]
mod tests {
    use crate::binding_trial::*;
    use crate::value::Value;

    #[test]
    fn odd_items() {
        let text = || s("error 42 in x_y");
        assert_eq!(answer("has_all", &[text(), Value::Long(42)]), "True");
        assert_eq!(answer("has_all", &[text(), dynamic("[null]")]), "True");
        assert_eq!(answer("has_all", &[text(), dynamic("[]")]), "True");
        assert_eq!(answer("has_all", &[text(), dynamic("[\"Y\", \"z\"]")]), "False");
        assert_eq!(answer("has_all", &[dynamic("null"), s("")]), "False");
    }
}
