//! Several terms looked for in one text: what `has_any` and `has_all` share. In: a text and items, each a text or an array
//! of them. Out: a bool per row, never null.

use crate::call::{Argument, Call, Evaluated};
use crate::membership::item_texts;
use crate::text_match::{Needle, Place, source_bits};
use crate::types::Type;
use arrow::array::BooleanArray;
use arrow::buffer::BooleanBuffer;
use std::sync::Arc;

/// Whether `found` holds of the needles, the arguments after the first, and the text, the first argument. Needles that
/// are the same for every row are prepared once.
pub fn terms(call: &Call, found: fn(&[Needle], &str) -> bool) -> Evaluated {
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
