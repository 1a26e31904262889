//! Needles looked for in all texts of a column at once. Texts that lie one after another in memory, as files hold them,
//! are searched as one; a find is then brought to its row, and counts when it lies within the text of that row. In: a
//! column, needles. Out: a bit per row.

use crate::call::Argument;
use crate::compare::text_at;
use crate::text_match::{Needle, source_bits};
use crate::text_scan::Scan;
use crate::types::Type;
use arrow::array::{Array, AsArray, BooleanBufferBuilder, ByteView, MAX_INLINE_VIEW_LEN, StringViewArray};
use arrow::buffer::BooleanBuffer;
use std::ops::Range;

/// How many of several needles a text must hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Count {
    /// One of them; of none, no text holds any.
    Any,
    /// Each of them.
    All,
}

impl Count {
    /// Whether a text holds as many of the needles.
    pub fn holds(self, needles: &[Needle], text: &str) -> bool {
        match self {
            Count::Any => needles.iter().any(|needle| needle.is_in(text)),
            Count::All => needles.iter().all(|needle| needle.is_in(text)),
        }
    }
}

/// Bytes between two texts that are rather read than left out.
const GAP: usize = 64;
/// Bytes searched for one needle before they are for the next: they are then still near.
const NEAR: usize = 256 << 10;
/// How many rows are looked at to see how the texts lie.
const TRIAL: usize = 512;

/// One bit per row: whether the text of an argument holds the needles.
pub fn needle_bits(source: &Argument, rows: usize, needles: &[Needle], count: Count) -> BooleanBuffer {
    let holds = |text: &str| count.holds(needles, text);
    let scans: Option<Vec<&Scan>> = needles.iter().map(Needle::scan).collect();
    let texts = source.array.as_string_view_opt().filter(|_| !source.constant);
    let (Some(scans), Some(texts)) = (scans, texts) else { return source_bits(source, rows, holds) };
    let column = Column { texts, dynamic: source.ty == Type::Dynamic };
    if scans.is_empty() || !column.is_in_order() {
        return source_bits(source, rows, holds);
    }
    let (stretches, apart) = column.stretches();
    let mut found: Vec<BooleanBufferBuilder> = needles.iter().map(|_| no_bits(rows)).collect();
    for stretch in &stretches {
        for ((needle, scan), found) in needles.iter().zip(&scans).zip(&mut found) {
            column.search(stretch, needle, scan, found);
        }
    }
    let found = found.iter_mut().map(BooleanBufferBuilder::finish);
    let joined = found.reduce(|some, more| match count {
        Count::Any => &some | &more,
        Count::All => &some & &more,
    });
    let mut bits = BooleanBufferBuilder::new(rows);
    bits.append_buffer(&joined.unwrap_or_else(|| BooleanBuffer::new_unset(rows)));
    for row in apart {
        bits.set_bit(row, holds(&text_at(source, row)));
    }
    bits.finish()
}

fn no_bits(rows: usize) -> BooleanBufferBuilder {
    let mut bits = BooleanBufferBuilder::new(rows);
    bits.append_n(rows, false);
    bits
}

/// Texts that lie one after another.
struct Stretch {
    buffer: usize,
    bytes: Range<usize>,
    rows: Range<usize>,
}

struct Column<'a> {
    texts: &'a StringViewArray,
    dynamic: bool,
}

impl Column<'_> {
    /// The buffer and the bytes that hold the text of a row. None where it is not searched there: a text that is part of
    /// its view, a null, a quoted text of JSON.
    fn place(&self, row: usize) -> Option<(usize, Range<usize>)> {
        let view = ByteView::from(self.texts.views()[row]);
        let quoted = self.dynamic && view.prefix.to_le_bytes()[0] == b'"';
        if view.length <= MAX_INLINE_VIEW_LEN || quoted || self.texts.is_null(row) {
            return None;
        }
        let start = view.offset as usize;
        Some((view.buffer_index as usize, start..start + view.length as usize))
    }

    /// Whether most texts follow the one before; others are better looked at one by one, and once where they repeat.
    fn is_in_order(&self) -> bool {
        let rows = self.texts.len().min(TRIAL);
        let mut before = None;
        let mut following = 0;
        for place in (0..rows).filter_map(|row| self.place(row)) {
            following += usize::from(before.as_ref().is_some_and(|before| follows(before, &place)));
            before = Some(place);
        }
        following * 2 >= rows && following > 0
    }

    /// All texts as stretches, and the rows whose texts are in none.
    fn stretches(&self) -> (Vec<Stretch>, Vec<usize>) {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut apart = Vec::new();
        for row in 0..self.texts.len() {
            let Some((buffer, bytes)) = self.place(row) else {
                apart.push(row);
                continue;
            };
            match stretches.last_mut() {
                Some(last)
                    if last.bytes.len() < NEAR
                        && follows(&(last.buffer, last.bytes.clone()), &(buffer, bytes.clone())) =>
                {
                    last.bytes.end = bytes.end;
                    last.rows.end = row + 1;
                }
                _ => stretches.push(Stretch { buffer, bytes, rows: row..row + 1 }),
            }
        }
        (stretches, apart)
    }

    /// Sets the bits of the rows whose texts hold the needle.
    fn search(&self, stretch: &Stretch, needle: &Needle, scan: &Scan, found: &mut BooleanBufferBuilder) {
        let start = stretch.bytes.start;
        let bytes = &self.texts.data_buffers()[stretch.buffer][stretch.bytes.clone()];
        let mut places = stretch.rows.clone().filter_map(|row| Some((row, self.place(row)?.1))).peekable();
        scan.each(bytes, |at| {
            let at = start + at;
            while places.next_if(|(_, text)| text.end <= at).is_some() {}
            let Some((row, text)) = places.peek() else { return usize::MAX };
            if at < text.start {
                return at + 1 - start;
            }
            if at + scan.len() > text.end {
                return text.end - start;
            }
            let from = at - text.start;
            if !needle.fits(self.texts.value(*row), from, from + scan.len()) {
                return at + 1 - start;
            }
            found.set_bit(*row, true);
            text.end - start
        });
    }
}

/// Whether a place comes soon after another.
fn follows(before: &(usize, Range<usize>), place: &(usize, Range<usize>)) -> bool {
    let (end, start) = (before.1.end, place.1.start);
    before.0 == place.0 && start >= end && start - end <= GAP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text_match::{Place, in_term};
    use arrow::array::{Array, ArrayRef, StringViewBuilder, UInt32Array};
    use arrow::compute::{concat, take};
    use proptest::prelude::*;
    use std::sync::Arc;

    const PLACES: [Place; 6] =
        [Place::Anywhere, Place::Start, Place::End, Place::Terms, Place::TermStart, Place::TermEnd];

    /// The plain way: every place of the text, for needles of ASCII or of case that counts.
    fn plainly(text: &str, needle: &str, place: Place, sensitive: bool) -> bool {
        let same = |part: &str| if sensitive { part == needle } else { part.eq_ignore_ascii_case(needle) };
        let begins = needle.chars().next().is_some_and(in_term);
        let ends = needle.chars().next_back().is_some_and(in_term);
        (0..=text.len()).any(|at| {
            let end = at + needle.len();
            let (Some(head), Some(part), Some(tail)) = (text.get(..at), text.get(at..end), text.get(end..))
            else {
                return false;
            };
            let before = !begins || !head.chars().next_back().is_some_and(in_term);
            let after = !ends || !tail.chars().next().is_some_and(in_term);
            same(part)
                && match place {
                    _ if needle.is_empty() => true,
                    Place::Anywhere => true,
                    Place::Start => at == 0,
                    Place::End => end == text.len(),
                    Place::Terms => before && after,
                    Place::TermStart => before,
                    Place::TermEnd => after,
                }
        })
    }

    /// Pieces that meet in borders of terms, folding letters and borders of texts.
    fn texts() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "ab",
            "AB",
            "a",
            "b",
            "k",
            "\u{212a}",
            "\u{130}",
            "\u{17f}",
            "s",
            "_",
            " ",
            "-",
            "\u{e9}",
            "\"",
            "abab",
            "\u{301}",
            "a long run of text, without what is looked for, ",
        ]);
        prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat())
    }

    /// A column in several buffers, cut and perhaps out of order.
    fn columns() -> impl Strategy<Value = ArrayRef> {
        let part = prop::collection::vec(prop_oneof![9 => texts().prop_map(Some), 1 => Just(None)], 1..40);
        let order = prop_oneof![3 => Just(None), 1 => prop::collection::vec(0u32..40, 1..80).prop_map(Some)];
        (prop::collection::vec((part, 20u32..400), 1..4), 0usize..10, order).prop_map(
            |(parts, cut, order)| {
                let arrays = parts.iter().map(|(texts, block)| {
                    let mut builder = StringViewBuilder::new().with_fixed_block_size(*block);
                    texts.iter().for_each(|text| builder.append_option(text.as_deref()));
                    Arc::new(builder.finish()) as ArrayRef
                });
                let arrays: Vec<ArrayRef> = arrays.collect();
                let joined = concat(&arrays.iter().map(AsRef::as_ref).collect::<Vec<_>>()).expect("one type");
                let cut = cut.min(joined.len());
                let joined = joined.slice(cut, joined.len() - cut);
                match order {
                    Some(order) if !joined.is_empty() => {
                        let order = order.iter().map(|row| row % joined.len() as u32);
                        take(&joined, &UInt32Array::from_iter_values(order), None).expect("rows")
                    }
                    _ => joined,
                }
            },
        )
    }

    fn check(array: &ArrayRef, ty: Type, needles: &[String], place: Place, sensitive: bool) {
        let source = Argument::rows(ty, Arc::clone(array));
        let made: Vec<Needle> = needles.iter().map(|text| Needle::new(text, place, sensitive)).collect();
        for count in [Count::Any, Count::All] {
            let bits = needle_bits(&source, array.len(), &made, count);
            assert_eq!(bits.len(), array.len());
            for row in 0..array.len() {
                let text = text_at(&source, row);
                let holds = |needle: &String| plainly(&text, needle, place, sensitive);
                let wanted = match count {
                    Count::Any => needles.iter().any(holds),
                    Count::All => needles.iter().all(holds),
                };
                assert_eq!(bits.value(row), wanted, "{text:?} {place:?} {needles:?} {sensitive}");
            }
        }
    }

    #[test]
    fn finds_across_rows_and_in_gaps_do_not_count() {
        // The bytes between the texts are those of rows left out.
        let all =
            ["this text ends in nee", "dle begins this text.", "a needle is in this one", "and not in this"];
        let joined: ArrayRef = Arc::new(StringViewArray::from_iter_values(all.iter().cycle().take(400)));
        let odd = UInt32Array::from_iter_values((0..400).filter(|row| row % 4 != 2));
        for array in [Arc::clone(&joined), take(&joined, &odd, None).expect("rows")] {
            let source = Argument::rows(Type::String, Arc::clone(&array));
            assert!(Column { texts: array.as_string_view(), dynamic: false }.is_in_order());
            let bits =
                needle_bits(&source, array.len(), &[Needle::new("NEEDLE", Place::Terms, false)], Count::Any);
            let wanted = if array.len() == 400 { 100 } else { 0 };
            assert_eq!(bits.count_set_bits(), wanted);
        }
    }

    proptest! {
        #[test]
        fn columns_are_searched_as_text_by_text(
            array in columns(),
            needles in prop::collection::vec("[abABkKs_ -]{0,4}", 0..4),
            place in prop::sample::select(PLACES.to_vec()),
            sensitive: bool,
        ) {
            for ty in [Type::String, Type::Dynamic] {
                check(&array, ty, &needles, place, sensitive);
            }
        }

        #[test]
        fn bytes_beyond_ascii_whose_case_counts(
            array in columns(),
            needle in "[ab\u{212a}\u{130}\u{e9}]{1,3}",
            place in prop::sample::select(PLACES.to_vec()),
        ) {
            check(&array, Type::String, &[needle], place, true);
        }

        #[test]
        fn letters_beyond_ascii_fold(array in columns(), needle in "[abk]?[\u{130}\u{e9}\u{212a}\u{17f}][ab]?") {
            let source = Argument::rows(Type::String, Arc::clone(&array));
            let regex = regex::RegexBuilder::new(&needle).case_insensitive(true).build().expect("letters");
            let bits = needle_bits(
                &source, array.len(), &[Needle::new(&needle, Place::Anywhere, false)], Count::Any,
            );
            for row in 0..array.len() {
                prop_assert_eq!(bits.value(row), regex.is_match(source.raw(row)));
            }
        }
    }
}
