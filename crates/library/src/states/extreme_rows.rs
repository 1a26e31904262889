//! `arg_max` and `arg_min` over all groups. Logs come in order of time, so that nearly every row is the newest of its group:
//! rows are compared at once, but values are copied only after some batches, one row for each group.

use super::extreme_row::ExtremeRow;
use crate::aggregate::{AggregateCall, GroupStates, PerGroup};
use crate::call::Argument;
use crate::types::Type;
use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, BooleanArray};
use arrow::datatypes::Int64Type;

/// Rows of batches that may wait.
const MOST_ROWS: usize = 1 << 18;
/// Bytes of batches that may wait.
const MOST_BYTES: usize = 8 << 20;

/// States of `arg_max` (`MAX`) or `arg_min`.
pub fn states<const MAX: bool>(call: AggregateCall) -> Box<dyn GroupStates> {
    match call.types.first() {
        Some(Type::Long | Type::DateTime | Type::TimeSpan) => Box::new(ExtremeRows::<MAX>::new(call)),
        _ => Box::new(PerGroup::<ExtremeRow<MAX>>::new(call)),
    }
}

/// The best waiting row of a group: its extreme, and where it stands.
#[derive(Clone, Copy)]
struct Best {
    extreme: i64,
    batch: usize,
    row: usize,
}

/// Groups by an extreme that is a 64-bit integer.
struct ExtremeRows<const MAX: bool> {
    /// What is known of rows that no longer wait.
    settled: PerGroup<ExtremeRow<MAX>>,
    /// By group.
    best: Vec<Option<Best>>,
    /// Groups that have a waiting row.
    touched: Vec<usize>,
    /// The arguments of batches that hold waiting rows.
    waiting: Vec<Vec<Argument>>,
    rows: usize,
    bytes: usize,
}

impl<const MAX: bool> ExtremeRows<MAX> {
    fn new(call: AggregateCall) -> ExtremeRows<MAX> {
        let settled = PerGroup::new(call);
        ExtremeRows { settled, best: Vec::new(), touched: Vec::new(), waiting: Vec::new(), rows: 0, bytes: 0 }
    }

    fn grow(&mut self, total: usize) {
        self.settled.grow(total);
        if self.best.len() < total {
            self.best.resize(total, None);
        }
    }

    /// Copies the values of the waiting rows. An earlier row that is as good stays, as the settled state wins ties.
    fn settle(&mut self) {
        for group in self.touched.drain(..) {
            if let Some(best) = self.best[group].take() {
                self.settled.add(group, &self.waiting[best.batch], best.row);
            }
        }
        self.waiting.clear();
        (self.rows, self.bytes) = (0, 0);
    }

    /// The first `count` groups go, of the settled ones as well.
    fn forget(&mut self, count: usize) {
        self.best.drain(..count.min(self.best.len()));
    }

    /// Lets a batch wait.
    fn hold(&mut self, arguments: &[Argument], rows: usize) {
        let last = self.waiting.last();
        for (place, argument) in arguments.iter().enumerate() {
            let shared = last.is_some_and(|last| same_buffer(&last[place].array, &argument.array));
            if !shared {
                self.bytes += argument.array.get_array_memory_size();
            }
        }
        self.rows += rows;
        self.waiting.push(arguments.to_vec());
    }
}

/// Whether two arrays of text lie in the same memory, as slices of one batch do.
fn same_buffer(one: &ArrayRef, other: &ArrayRef) -> bool {
    match (one.as_string_view_opt(), other.as_string_view_opt()) {
        (Some(one), Some(other)) => match (one.data_buffers(), other.data_buffers()) {
            ([one, ..], [other, ..]) => one.as_ptr() == other.as_ptr(),
            _ => false,
        },
        _ => false,
    }
}

impl<const MAX: bool> GroupStates for ExtremeRows<MAX> {
    fn update(
        &mut self,
        groups: &[usize],
        total: usize,
        arguments: &[Argument],
        keep: Option<&BooleanArray>,
    ) {
        self.grow(total);
        let extreme = &arguments[0];
        let longs = extreme.array.as_primitive_opt::<Int64Type>();
        let batch = self.waiting.len();
        let mut held = false;
        for (row, group) in groups.iter().enumerate() {
            if keep.is_some_and(|keep| keep.is_null(row) || !keep.value(row)) {
                continue;
            }
            let Some(longs) = longs.filter(|_| !extreme.constant && !extreme.is_null(row)) else {
                self.settled.add(*group, arguments, row);
                continue;
            };
            let new = longs.value(row);
            let best = &mut self.best[*group];
            let wins = best.is_none_or(|best| if MAX { new > best.extreme } else { new < best.extreme });
            if wins {
                if best.is_none() {
                    self.touched.push(*group);
                }
                *best = Some(Best { extreme: new, batch, row });
                held = true;
            }
        }
        if held {
            self.hold(arguments, groups.len());
        }
        if self.rows >= MOST_ROWS || self.bytes >= MOST_BYTES {
            self.settle();
        }
    }

    fn merge(&mut self, groups: &[usize], total: usize, saved: &BinaryArray) {
        self.grow(total);
        self.settle();
        self.settled.merge(groups, total, saved);
    }

    fn save(&mut self, count: usize) -> BinaryArray {
        self.settle();
        self.forget(count);
        self.settled.save(count)
    }

    fn finish(&mut self, count: usize) -> ArrayRef {
        self.settle();
        self.forget(count);
        self.settled.finish(count)
    }

    fn size(&self) -> usize {
        let best = self.best.capacity() * size_of::<Option<Best>>();
        self.settled.size() + best + self.touched.capacity() * size_of::<usize>() + self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::arguments;
    use crate::value::Value;

    /// Numbers that look like chance, the same in every run.
    fn next(seed: &mut u64) -> u64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        *seed >> 33
    }

    /// Both ways over batches of rows with nulls and ties, some saved and merged midway, first groups given out early.
    fn agree<const MAX: bool>(seed: u64, far: usize, per_batch: usize, long_text: usize) {
        let seed = &mut { seed };
        let call = AggregateCall {
            types: vec![Type::DateTime, Type::String],
            constants: vec![None, None],
            returns: Type::String,
        };
        let mut quick = states::<MAX>(call.clone());
        let mut plain: Box<dyn GroupStates> = Box::new(PerGroup::<ExtremeRow<MAX>>::new(call.clone()));
        let mut told = [Vec::new(), Vec::new()];
        let mut total = 12;
        for number in 0..far {
            let groups: Vec<usize> = (0..per_batch).map(|_| next(seed) as usize % total).collect();
            let times = (0..per_batch).map(|_| match next(seed) % 9 {
                0 => Value::Null(Type::DateTime),
                n => Value::DateTime(number as i64 / 2 + n as i64),
            });
            let texts =
                (0..per_batch).map(|row| Value::String(format!("{number}.{row}{}", "x".repeat(long_text))));
            let columns = [
                Value::to_array(Type::DateTime, times.collect::<Vec<_>>()),
                Value::to_array(Type::String, texts.collect::<Vec<_>>()),
            ];
            let given = arguments(&call.types, &columns);
            let keep = (number % 3 == 1).then(|| {
                (0..per_batch).map(|_| Some(!next(seed).is_multiple_of(4))).collect::<BooleanArray>()
            });
            for (place, states) in [&mut quick, &mut plain].into_iter().enumerate() {
                states.update(&groups, total, &given, keep.as_ref());
                if number % 11 == 7 {
                    let saved = states.save(total);
                    states.merge(&(0..total).collect::<Vec<_>>(), total, &saved);
                }
                if number == far / 2 {
                    told[place].push(format!("{:?}", states.finish(3)));
                }
            }
            if number == far / 2 {
                total -= 3;
            }
        }
        for (place, states) in [&mut quick, &mut plain].into_iter().enumerate() {
            told[place].push(format!("{:?}", states.finish(total)));
        }
        assert_eq!(told[0], told[1]);
    }

    #[test]
    fn rows_that_wait_give_what_rows_at_once_give() {
        for seed in 0..40 {
            agree::<true>(seed, 40, 23, 0);
            agree::<false>(seed, 40, 23, 14);
        }
        // So much text that rows are settled between batches.
        agree::<true>(7, 24, 50, 40_000);
    }
}
