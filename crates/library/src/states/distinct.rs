//! `dcount`, `count_distinct` and `hll`: sets of hashes per group.

use super::rows::each;
use super::tally::Tally;
use crate::aggregate::{AggregateCall, GroupStates};
use crate::call::Argument;
use crate::hyperloglog::{Distinct, EXACT_LIMIT, each_text_hash, hash_row, precision};
use crate::types::Type;
use crate::value::{Json, Value};
use crate::value_bytes::Bytes;
use arrow::array::{Array, ArrayRef, BinaryArray, BinaryBuilder, BooleanArray};

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
        } else if argument.ty == Type::String && keep.is_none() {
            each_text_hash(argument, 0..groups.len(), |row, hash| {
                self.groups[groups[row]].add(hash, limit, precision);
                self.seen[groups[row]] = true;
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
