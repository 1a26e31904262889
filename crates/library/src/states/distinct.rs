//! `dcount`, `count_distinct` and `hll`: sets of hashes per group.

use super::rows::each;
use super::tally::Tally;
use crate::aggregate::{AggregateCall, GroupStates};
use crate::call::Argument;
use crate::hyperloglog::{Distinct, EXACT_LIMIT, hash_row, hash_text, precision};
use crate::types::Type;
use crate::value::{Json, Value};
use crate::value_bytes::Bytes;
use arrow::array::{Array, ArrayRef, AsArray, BinaryArray, BinaryBuilder, BooleanArray};

/// How hashes come in and results go out.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// Values in, their number out.
    Count,
    /// Values in, the set as a dynamic out.
    Keep,
    /// Sets as dynamics in and out.
    Merge,
}

struct Distincts {
    role: Role,
    returns: Type,
    limit: usize,
    precision: u8,
    groups: Vec<Distinct>,
    /// Of merged sets: whether any was seen, and its precision.
    seen: Vec<bool>,
    tally: Tally,
}

/// States that count distinct values, exactly up to 65,536; the second argument is the accuracy.
pub fn dcount(call: AggregateCall) -> Box<dyn GroupStates> {
    boxed(call, Role::Count, EXACT_LIMIT)
}

/// States that count distinct values exactly.
pub fn count_distinct(call: AggregateCall) -> Box<dyn GroupStates> {
    boxed(call, Role::Count, usize::MAX)
}

/// States that give the set of values as a dynamic.
pub fn hll(call: AggregateCall) -> Box<dyn GroupStates> {
    boxed(call, Role::Keep, EXACT_LIMIT)
}

/// States that unite sets given as dynamics.
pub fn hll_merge(call: AggregateCall) -> Box<dyn GroupStates> {
    boxed(call, Role::Merge, EXACT_LIMIT)
}

fn boxed(call: AggregateCall, role: Role, limit: usize) -> Box<dyn GroupStates> {
    let accuracy = call.constants.get(1).and_then(Option::as_ref);
    Box::new(Distincts {
        role,
        returns: call.returns,
        limit,
        precision: precision(accuracy),
        groups: Vec::new(),
        seen: Vec::new(),
        tally: Tally::default(),
    })
}

impl Distincts {
    fn grow(&mut self, total: usize) {
        if self.groups.len() < total {
            self.groups.resize(total, Distinct::default());
            self.seen.resize(total, false);
        }
    }

    fn first(&mut self, count: usize) -> Vec<(Distinct, bool)> {
        self.grow(count);
        self.tally.forget(count);
        let groups = self.groups.split_off(count);
        let seen = self.seen.split_off(count);
        std::mem::replace(&mut self.groups, groups)
            .into_iter()
            .zip(std::mem::replace(&mut self.seen, seen))
            .collect()
    }

    fn result(&self, set: &Distinct, seen: bool) -> Value {
        match self.role {
            Role::Count => Value::Long(set.count()),
            Role::Keep | Role::Merge if !seen => Value::Null(self.returns),
            Role::Keep | Role::Merge => Value::Dynamic(set.to_json(self.precision)),
        }
    }
}

/// How many texts of a batch are remembered.
const REMEMBERED: usize = 512;
/// After so many rows it is clear whether texts repeat.
const TRIED: usize = 1024;

/// Calls `f(group, hash)` for the texts of rows that take part; mostly not again for a view that was just seen in its
/// group, as views of texts that repeat are the same within a batch. Strings that are null are empty.
fn each_new_text(
    argument: &Argument,
    groups: &[usize],
    keep: Option<&BooleanArray>,
    mut f: impl FnMut(usize, u64),
) {
    let texts = argument.array.as_string_view();
    let step = usize::from(!argument.constant);
    let mut remembered = vec![None; REMEMBERED];
    let (mut tried, mut met) = (0usize, 0usize);
    each(groups, keep, |group, row| {
        let at = row * step;
        if texts.is_null(at) {
            if argument.ty == Type::String {
                f(group, hash_text(""));
            }
            return;
        }
        if tried < TRIED || met > tried / 8 {
            let view = texts.views()[at];
            let known = &mut remembered[place(view, group)];
            tried += 1;
            if *known == Some((view, group)) {
                met += 1;
                return;
            }
            *known = Some((view, group));
        }
        f(group, hash_text(texts.value(at)));
    });
}

/// Where a view of a group is remembered.
fn place(view: u128, group: usize) -> usize {
    let mixed = (view as u64) ^ ((view >> 64) as u64).rotate_left(17) ^ (group as u64).rotate_left(40);
    (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % REMEMBERED
}

impl GroupStates for Distincts {
    fn update(
        &mut self,
        groups: &[usize],
        total: usize,
        arguments: &[Argument],
        keep: Option<&BooleanArray>,
    ) {
        self.grow(total);
        let (limit, precision) = (self.limit, self.precision);
        let argument = &arguments[0];
        if self.role == Role::Merge {
            each(groups, keep, |group, row| {
                let json = argument.json(row).unwrap_or(Json::Null);
                if let Some((set, precision)) = Distinct::from_json(&json) {
                    // The first set decides the precision; sets of one column share it.
                    self.precision = precision;
                    self.groups[group].merge(set, limit, precision);
                    self.seen[group] = true;
                }
            });
        } else if matches!(argument.ty, Type::String | Type::Guid | Type::Dynamic) {
            each_new_text(argument, groups, keep, |group, hash| {
                self.groups[group].add(hash, limit, precision);
                self.seen[group] = true;
            });
        } else {
            each(groups, keep, |group, row| {
                if let Some(hash) = hash_row(argument, row) {
                    self.groups[group].add(hash, limit, precision);
                    self.seen[group] = true;
                }
            });
        }
        self.tally.note(groups, total, |group| self.groups[group].size());
    }

    fn merge(&mut self, groups: &[usize], total: usize, saved: &BinaryArray) {
        self.grow(total);
        for (row, group) in groups.iter().enumerate() {
            if saved.is_valid(row) {
                let mut bytes = saved.value(row);
                let seen = bool::read(&mut bytes).unwrap_or(false);
                self.precision = u8::read(&mut bytes).filter(|p| (12..=18).contains(p)).unwrap_or(14);
                let set = Distinct::read(&mut bytes).unwrap_or_default();
                self.groups[*group].merge(set, self.limit, self.precision);
                self.seen[*group] |= seen;
            }
        }
        self.tally.note(groups, total, |group| self.groups[group].size());
    }

    fn save(&mut self, count: usize) -> BinaryArray {
        let mut builder = BinaryBuilder::new();
        let mut bytes = Vec::new();
        for (set, seen) in self.first(count) {
            bytes.clear();
            seen.write(&mut bytes);
            self.precision.write(&mut bytes);
            set.write(&mut bytes);
            builder.append_value(&bytes);
        }
        builder.finish()
    }

    fn finish(&mut self, count: usize) -> ArrayRef {
        let sets = self.first(count);
        Value::to_array(self.returns, sets.iter().map(|(set, seen)| self.result(set, *seen)))
    }

    fn size(&self) -> usize {
        self.groups.capacity() * (size_of::<Distinct>() + 1) + self.tally.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{StringViewBuilder, UInt32Array};
    use arrow::compute::take;
    use std::collections::HashSet;
    use std::sync::Arc;

    /// Numbers that look like chance, the same in every run.
    fn next(seed: &mut u64) -> usize {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize
    }

    /// Texts of which some share a view: long and short, empty and null, of so many kinds.
    fn texts(seed: &mut u64, rows: usize, kinds: usize) -> ArrayRef {
        let mut builder = StringViewBuilder::new();
        for kind in 0..kinds {
            match kind % 5 {
                0 => builder.append_null(),
                1 => builder.append_value(""),
                2 => builder.append_value(format!("{}", kind / 7)),
                _ => builder.append_value(format!("a text longer than a view {}", kind / 7)),
            }
        }
        let places = (0..rows).map(|_| (next(seed) % kinds) as u32);
        take(&builder.finish(), &UInt32Array::from_iter_values(places), None).expect("rows")
    }

    fn call(ty: Type) -> AggregateCall {
        AggregateCall { types: vec![ty], constants: vec![None], returns: Type::Long }
    }

    /// Counts per group beside those of plain sets, over batches, some states saved and merged.
    fn agree(ty: Type, seed: u64, rows: usize, kinds: usize, total: usize) {
        let seed = &mut { seed };
        let (mut quick, mut late) = (count_distinct(call(ty)), count_distinct(call(ty)));
        let mut plain: Vec<HashSet<String>> = vec![HashSet::new(); total];
        for number in 0..6 {
            let array = texts(seed, rows, kinds);
            let groups: Vec<usize> = (0..rows).map(|_| next(seed) % total).collect();
            let keep = (number % 2 == 1).then(|| {
                (0..rows).map(|_| [Some(true), Some(true), Some(false), None][next(seed) % 4]).collect()
            });
            let argument = Argument::rows(ty, Arc::clone(&array));
            each(&groups, keep.as_ref(), |group, row| {
                if !argument.is_null(row) {
                    plain[group].insert(argument.raw(row).to_owned());
                }
            });
            let states = if number < 3 { &mut quick } else { &mut late };
            states.update(&groups, total, &[argument], keep.as_ref());
        }
        let saved = late.save(total);
        quick.merge(&(0..total).collect::<Vec<_>>(), total, &saved);
        let counts = quick.finish(total);
        let counts = counts.as_primitive::<arrow::datatypes::Int64Type>().values();
        assert_eq!(counts.to_vec(), plain.iter().map(|set| set.len() as i64).collect::<Vec<_>>());
    }

    #[test]
    fn texts_are_counted_as_plain_sets_count_them() {
        for ty in [Type::String, Type::Guid, Type::Dynamic] {
            for (seed, rows, kinds, total) in
                [(1, 0, 3, 2), (2, 50, 7, 3), (3, 4000, 20, 5), (4, 4000, 3000, 2), (5, 3000, 400, 700)]
            {
                agree(ty, seed, rows, kinds, total);
            }
        }
    }

    #[test]
    fn large_sets_unite() {
        for limit in [count_distinct as fn(AggregateCall) -> Box<dyn GroupStates>, dcount] {
            let longs = |range: std::ops::Range<i64>| {
                Argument::rows(Type::Long, Value::to_array(Type::Long, range.map(Value::Long)))
            };
            let mut parts = [limit(call(Type::Long)), limit(call(Type::Long)), limit(call(Type::Long))];
            for (part, range) in parts.iter_mut().zip([0..50_000, 40_000..60_000, 0..7]) {
                let rows = range.clone().count();
                part.update(&vec![0; rows], 1, &[longs(range)], None);
            }
            let [first, others @ ..] = &mut parts;
            for other in others {
                let saved = other.save(1);
                first.merge(&[0], 1, &saved);
            }
            assert_eq!(first.finish(1).as_primitive::<arrow::datatypes::Int64Type>().value(0), 60_000);
        }
    }
}
