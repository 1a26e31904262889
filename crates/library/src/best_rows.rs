//! `arg_max` and `arg_min` of several columns at once, where the extreme is a 64-bit integer. In: batches of rows with
//! their groups. Out: for each group the columns of its best row. Logs come in order of time, so that nearly every row is
//! the newest of its group: only where the best row stands is noted, and its values are copied when much waits.

use crate::held_bytes::HeldBytes;
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Int64Array, MAX_INLINE_VIEW_LEN, StringViewArray,
    StringViewBuilder, new_null_array,
};
use arrow::buffer::Buffer;
use arrow::compute::interleave;
use arrow::datatypes::{DataType, Int64Type};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// Bytes of batches that may wait, for each column, and for all.
const BYTES_PER_COLUMN: usize = 8 << 20;
const MOST_BYTES: usize = 48 << 20;
/// Batches that may wait.
const MOST_BATCHES: usize = 4096;
/// Bytes of one buffer of gathered texts.
const BLOCK: usize = 1 << 30;

/// The best rows of all groups. The first row wins ties; a row whose extreme is null loses against any other, but is
/// taken when there is no other.
#[derive(Debug)]
pub struct BestRows {
    /// What an extreme is changed by (exclusive or), so that the greatest key is best.
    flip: i64,
    /// The extreme's type and those of the values.
    types: Vec<DataType>,
    /// By group.
    best: Vec<Best>,
    /// The columns of batches that hold best rows.
    waiting: Vec<Vec<ArrayRef>>,
    bytes: usize,
    held: HeldBytes,
    /// How many bytes may wait.
    room: usize,
}

/// Where the best row of a group stands.
#[derive(Clone, Copy, Debug)]
struct Best {
    key: i64,
    /// A number of a batch, with the bit `NULL` where the extreme is null, or `NOTHING`.
    batch: u32,
    row: u32,
}

const NULL: u32 = 1 << 31;
const NOTHING: u32 = u32::MAX;

impl Best {
    const NONE: Best = Best { key: 0, batch: NOTHING, row: 0 };

    fn found(self) -> bool {
        self.batch != NOTHING
    }

    /// Takes a row that has an extreme if it is better, and says so.
    fn offer(&mut self, key: i64, batch: u32, row: usize) -> bool {
        let better = key > self.key || self.batch >= NULL;
        if better {
            *self = Best { key, batch, row: row as u32 };
        }
        better
    }

    /// The same for a row whose extreme is null.
    fn offer_null(&mut self, batch: u32, row: usize) -> bool {
        let better = !self.found();
        if better {
            *self = Best { key: 0, batch: batch | NULL, row: row as u32 };
        }
        better
    }
}

impl BestRows {
    /// No group yet. `max`: the greatest extreme is best, else the least; `values`: the types of the columns beside it.
    pub fn new(max: bool, values: impl IntoIterator<Item = DataType>) -> BestRows {
        let types: Vec<DataType> = std::iter::once(DataType::Int64).chain(values).collect();
        let room = (types.len() * BYTES_PER_COLUMN).min(MOST_BYTES);
        let flip = if max { 0 } else { -1 };
        BestRows {
            flip,
            types,
            best: Vec::new(),
            waiting: Vec::new(),
            bytes: 0,
            held: HeldBytes::default(),
            room,
        }
    }

    /// How many groups there are.
    pub fn groups(&self) -> usize {
        self.best.len()
    }

    /// Adds rows: `groups[row]` is the group of each, of `total` that there are; `columns` are the extreme and the
    /// values; `keep`, when given, says which rows take part.
    pub fn add(&mut self, groups: &[usize], total: usize, columns: &[ArrayRef], keep: Option<&BooleanArray>) {
        self.grow(total);
        let extremes = columns[0].as_primitive::<Int64Type>();
        let batch = self.waiting.len() as u32;
        let better = if keep.is_none() && extremes.null_count() == 0 {
            self.add_all(groups, extremes, batch)
        } else {
            self.add_some(groups, extremes, batch, keep)
        };
        if better {
            self.bytes += columns.iter().map(|column| self.held.add_array(&column.to_data())).sum::<usize>();
            self.waiting.push(columns.to_vec());
            if self.bytes > self.room || self.waiting.len() > MOST_BATCHES {
                self.settle();
            }
        }
    }

    /// The way of every row with an extreme; whether any row was better.
    fn add_all(&mut self, groups: &[usize], extremes: &Int64Array, batch: u32) -> bool {
        let mut better = false;
        for (row, (group, extreme)) in groups.iter().zip(extremes.values()).enumerate() {
            better |= self.best[*group].offer(extreme ^ self.flip, batch, row);
        }
        better
    }

    fn add_some(
        &mut self,
        groups: &[usize],
        extremes: &Int64Array,
        batch: u32,
        keep: Option<&BooleanArray>,
    ) -> bool {
        let mut better = false;
        crate::states::rows::each(groups, keep, |group, row| {
            let best = &mut self.best[group];
            better |= if extremes.is_null(row) {
                best.offer_null(batch, row)
            } else {
                best.offer(extremes.value(row) ^ self.flip, batch, row)
            };
        });
        better
    }

    /// The best rows of the first `count` groups, and which of these have one; columns of the others are null. Those
    /// groups are dropped and the rest renumbered from 0.
    pub fn take(&mut self, count: usize) -> (BooleanArray, Vec<ArrayRef>) {
        self.grow(count);
        let columns = self.gather(0..count);
        let found = self.best.drain(..count).map(|best| Some(best.found())).collect();
        if self.best.is_empty() {
            self.best = Vec::new();
            self.hold(Vec::new());
        }
        (found, columns)
    }

    /// Bytes held.
    pub fn size(&self) -> usize {
        self.best.capacity() * size_of::<Best>() + self.bytes
    }

    fn grow(&mut self, total: usize) {
        if self.best.len() < total {
            self.best.resize(total, Best::NONE);
        }
    }

    /// Copies the best rows out of the batches that wait. What was copied before is copied again, so the more there is,
    /// the more may wait.
    fn settle(&mut self) {
        let rows = self.gather(0..self.best.len());
        for (group, best) in self.best.iter_mut().enumerate() {
            if best.found() {
                (best.batch, best.row) = (best.batch & NULL, group as u32);
            }
        }
        self.hold(vec![rows]);
        self.room = self.room.max(2 * self.bytes);
    }

    /// Lets only these batches wait.
    fn hold(&mut self, batches: Vec<Vec<ArrayRef>>) {
        self.held = HeldBytes::default();
        let columns = batches.iter().flatten();
        self.bytes = columns.map(|column| self.held.add_array(&column.to_data())).sum();
        self.waiting = batches;
    }

    /// The columns of the best rows of some groups, which share nothing with the batches.
    fn gather(&self, groups: Range<usize>) -> Vec<ArrayRef> {
        let place = |best: &Best| match best.found() {
            true => ((best.batch & !NULL) as usize, best.row as usize),
            false => (self.waiting.len(), 0),
        };
        let places: Vec<(usize, usize)> = self.best[groups].iter().map(place).collect();
        let column = |(at, ty): (usize, &DataType)| {
            let nothing = new_null_array(ty, 1);
            let mut arrays: Vec<&dyn Array> =
                self.waiting.iter().map(|columns| columns[at].as_ref()).collect();
            arrays.push(&nothing);
            let rows = interleave(&arrays, &places).expect("a column has one type, and the places are rows");
            match rows.as_string_view_opt() {
                Some(texts) => Arc::new(own(texts)),
                None => rows,
            }
        };
        self.types.iter().enumerate().map(column).collect()
    }
}

/// Texts with buffers of their own that hold nothing else; views that were the same still are.
fn own(texts: &StringViewArray) -> StringViewArray {
    let mut blocks = vec![Vec::new()];
    let mut met: FxHashMap<u128, (usize, usize)> = FxHashMap::default();
    let mut places = Vec::with_capacity(texts.len());
    for (row, view) in texts.views().iter().enumerate() {
        let length = *view as u32;
        if texts.is_null(row) || length <= MAX_INLINE_VIEW_LEN {
            places.push((0, 0));
            continue;
        }
        places.push(*met.entry(*view).or_insert_with(|| {
            if blocks.last().is_none_or(|block: &Vec<u8>| block.len() > BLOCK) {
                blocks.push(Vec::new());
            }
            let last = blocks.len() - 1;
            let start = blocks[last].len();
            blocks[last].extend_from_slice(texts.value(row).as_bytes());
            (last, start)
        }));
    }
    let mut builder = StringViewBuilder::with_capacity(texts.len());
    let blocks: Vec<u32> =
        blocks.into_iter().map(|block| builder.append_block(Buffer::from_vec(block))).collect();
    for (row, (block, start)) in places.into_iter().enumerate() {
        let length = texts.views()[row] as u32;
        if texts.is_null(row) {
            builder.append_null();
        } else if length <= MAX_INLINE_VIEW_LEN {
            builder.append_value(texts.value(row));
        } else {
            let appended = builder.try_append_view(blocks[block], start as u32, length);
            appended.expect("the bytes of a text lie at its place");
        }
    }
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::{AggregateCall, GroupStates, PerGroup, arguments};
    use crate::states::extreme_row::ExtremeRow;
    use crate::types::Type;
    use crate::value::Value;

    /// Numbers that look like chance, the same in every run.
    fn next(seed: &mut u64) -> u64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *seed >> 33
    }

    const TYPES: [Type; 5] = [Type::DateTime, Type::String, Type::Guid, Type::Real, Type::Decimal];

    /// A batch of rows with ties and nulls; texts repeat and are long and short.
    fn batch(seed: &mut u64, number: usize, rows: usize, long_text: usize) -> Vec<ArrayRef> {
        let mut columns: Vec<Vec<Value>> = vec![Vec::new(); TYPES.len()];
        for row in 0..rows {
            let extreme = match next(seed) % 12 {
                0..3 => Value::Null(Type::DateTime),
                3 => Value::DateTime(i64::MAX),
                4 => Value::DateTime(i64::MIN),
                n => Value::DateTime(number as i64 / 2 + n as i64),
            };
            let guid = format!("00000000-0000-0000-0000-{:012}", next(seed) % 5);
            let filled = !next(seed).is_multiple_of(4);
            let or_null = |value: Value| if filled { value } else { Value::Null(value.ty()) };
            columns[0].push(extreme);
            columns[1].push(Value::String(format!("{number}.{row}{}", "x".repeat(long_text))));
            columns[2].push(or_null(Value::Guid(guid)));
            columns[3].push(or_null(Value::Real(row as f64 / 7.0)));
            columns[4].push(or_null(Value::Decimal(crate::decimal::from_long(number as i64))));
        }
        TYPES.iter().zip(columns).map(|(ty, values)| Value::to_array(*ty, values)).collect()
    }

    /// The plain way: one state for each group and column.
    fn plain<const MAX: bool>() -> Vec<PerGroup<ExtremeRow<MAX>>> {
        let call = |ty: &Type| AggregateCall {
            types: vec![Type::DateTime, *ty],
            constants: vec![None, None],
            returns: *ty,
        };
        TYPES.iter().map(|ty| PerGroup::new(call(ty))).collect()
    }

    fn quick(max: bool) -> BestRows {
        BestRows::new(max, TYPES[1..].iter().map(|ty| ty.arrow()))
    }

    /// The results of both ways for the first groups.
    fn told<const MAX: bool>(
        quick: &mut BestRows,
        plain: &mut [PerGroup<ExtremeRow<MAX>>],
        count: usize,
    ) -> [String; 2] {
        let (found, columns) = quick.take(count);
        assert_eq!((found.len(), columns.len()), (count, TYPES.len()));
        let value = |at: usize, row: usize| match found.value(row) {
            true => Value::from_array(TYPES[at], &columns[at], row),
            false => Value::absent(TYPES[at]),
        };
        let quick = (0..TYPES.len()).map(|at| (0..count).map(|row| value(at, row)).collect::<Vec<_>>());
        let plain = plain.iter_mut().zip(TYPES).map(|(states, ty)| {
            let array = states.finish(count);
            (0..count).map(|row| Value::from_array(ty, &array, row)).collect::<Vec<_>>()
        });
        [format!("{:?}", quick.collect::<Vec<_>>()), format!("{:?}", plain.collect::<Vec<_>>())]
    }

    /// Both ways over batches, some saved and merged midway, first groups given out early.
    fn agree<const MAX: bool>(seed: u64, batches: usize, rows: usize, long_text: usize) {
        let seed = &mut { seed };
        let (mut best, mut states) = (quick(MAX), plain::<MAX>());
        let mut total = 12;
        for number in 0..batches {
            let groups: Vec<usize> = (0..rows).map(|_| next(seed) as usize % (total - 1)).collect();
            let columns = batch(seed, number, rows, long_text);
            let keep = (number % 3 == 1)
                .then(|| (0..rows).map(|_| Some(!next(seed).is_multiple_of(4))).collect::<BooleanArray>());
            best.add(&groups, total, &columns, keep.as_ref());
            for (at, states) in states.iter_mut().enumerate() {
                let given = [Arc::clone(&columns[0]), Arc::clone(&columns[at])];
                states.update(
                    &groups,
                    total,
                    &arguments(&[Type::DateTime, TYPES[at]], &given),
                    keep.as_ref(),
                );
            }
            let all: Vec<usize> = (0..total).collect();
            if number % 11 == 7 {
                let (found, columns) = best.take(total);
                best = quick(MAX);
                best.add(&all, total, &columns, Some(&found));
                for states in &mut states {
                    let saved = states.save(total);
                    states.merge(&all, total, &saved);
                }
            }
            if number == batches / 2 {
                let [quick, plain] = told(&mut best, &mut states, 3);
                assert_eq!(quick, plain);
                total -= 3;
            }
        }
        let [quick, plain] = told(&mut best, &mut states, total);
        assert_eq!(quick, plain);
        assert_eq!((best.groups(), best.size()), (0, 0));
    }

    #[test]
    fn columns_together_give_what_each_alone_gives() {
        for seed in 0..60 {
            agree::<true>(seed, 40, 2 + seed as usize, 0);
            agree::<false>(seed, 40, 2 + seed as usize, 14);
        }
        // So much text that rows are settled between batches.
        agree::<true>(7, 40, 50, 40_000);
        agree::<false>(8, 40, 50, 40_000);
    }

    #[test]
    fn many_batches_are_settled() {
        let mut best = quick(true);
        let seed = &mut 3;
        for number in 0..MOST_BATCHES + 10 {
            best.add(&[0, 1], 2, &batch(seed, number, 2, 0), None);
        }
        assert!(best.waiting.len() <= MOST_BATCHES, "{}", best.waiting.len());
    }

    #[test]
    fn texts_that_lie_in_one_place_still_do() {
        let text = "a text of more than twelve bytes";
        let mut builder = StringViewBuilder::new();
        let block = builder.append_block(Buffer::from(text.as_bytes()));
        (0..3).for_each(|_| builder.try_append_view(block, 0, text.len() as u32).expect("a view"));
        builder.append_null();
        builder.append_value("short");
        let texts = builder.finish();
        let own = own(&texts);
        assert_eq!(own, texts);
        assert_eq!(own.views()[0], own.views()[2]);
        assert_eq!(own.data_buffers().iter().map(|buffer| buffer.len()).sum::<usize>(), text.len());
    }
}
