//! Several terms looked for in one text: what `has_any` and `has_all` share. In: a text and items, each a text or an array
//! of them. Out: a bool per row, never null.

use crate::call::{Argument, Call, Evaluated};
use crate::membership::item_texts;
use crate::text_column::{Count, needle_bits};
use crate::text_match::{Needle, Place};
use crate::types::Type;
use arrow::array::BooleanArray;
use arrow::buffer::BooleanBuffer;
use std::sync::Arc;

/// Whether the text, the first argument, holds one or all of the needles, the arguments after the first. Needles that are
/// the same for every row are prepared once.
pub fn terms(call: &Call, count: Count) -> Evaluated {
    let (source, items) = (&call[0], &call.arguments[1..]);
    let bits = if items.iter().all(|item| item.constant) {
        needle_bits(source, call.rows, &needles(items, 0), count)
    } else {
        BooleanBuffer::collect_bool(call.rows, |row| count.holds(&needles(items, row), &source.text(row)))
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
