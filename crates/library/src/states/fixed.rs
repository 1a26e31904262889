//! Group states that are one small value per group, changed by plain functions over whole batches.

use super::tally::Tally;
use crate::aggregate::GroupStates;
use crate::call::Argument;
use crate::types::Type;
use crate::value_bytes::Bytes;
use arrow::array::{Array, ArrayRef, BinaryArray, BinaryBuilder, BooleanArray};

/// How rows are added: states, the group of each row, arguments, which rows take part.
pub type Add<S> = fn(&mut [S], &[usize], &[Argument], Option<&BooleanArray>);

/// One `S` per group.
pub struct Fixed<S> {
    /// The type of the result.
    pub returns: Type,
    /// The states.
    pub states: Vec<S>,
    /// Adds rows.
    pub add: Add<S>,
    /// Adds a state whose rows came later.
    pub join: fn(&mut S, S),
    /// Results of states.
    pub finish: fn(Vec<S>, Type) -> ArrayRef,
    /// Bytes that a state holds beyond the struct itself, where it holds any.
    pub heap: Option<fn(&S) -> usize>,
    /// Those of all groups.
    pub tally: Tally,
}

impl<S: Bytes + Default + Clone + Send + 'static> Fixed<S> {
    /// Boxed states without a group.
    pub fn boxed(
        returns: Type,
        add: Add<S>,
        join: fn(&mut S, S),
        finish: fn(Vec<S>, Type) -> ArrayRef,
    ) -> Box<dyn GroupStates> {
        let (states, tally) = (Vec::new(), Tally::default());
        Box::new(Fixed { returns, states, add, join, finish, heap: None, tally })
    }

    /// The same for states that hold more than the struct itself.
    pub fn boxed_with_heap(
        returns: Type,
        add: Add<S>,
        join: fn(&mut S, S),
        finish: fn(Vec<S>, Type) -> ArrayRef,
        heap: fn(&S) -> usize,
    ) -> Box<dyn GroupStates> {
        let (states, tally) = (Vec::new(), Tally::default());
        Box::new(Fixed { returns, states, add, join, finish, heap: Some(heap), tally })
    }

    fn measure(&mut self, groups: &[usize], total: usize) {
        if let Some(heap) = self.heap {
            self.tally.note(groups, total, |group| heap(&self.states[group]));
        }
    }

    fn first(&mut self, count: usize) -> Vec<S> {
        self.grow(count);
        self.tally.forget(count);
        let rest = self.states.split_off(count);
        std::mem::replace(&mut self.states, rest)
    }

    fn grow(&mut self, total: usize) {
        if self.states.len() < total {
            self.states.resize(total, S::default());
        }
    }
}

impl<S: Bytes + Default + Clone + Send + 'static> GroupStates for Fixed<S> {
    fn update(
        &mut self,
        groups: &[usize],
        total: usize,
        arguments: &[Argument],
        keep: Option<&BooleanArray>,
    ) {
        self.grow(total);
        (self.add)(&mut self.states, groups, arguments, keep);
        self.measure(groups, total);
    }

    fn merge(&mut self, groups: &[usize], total: usize, saved: &BinaryArray) {
        self.grow(total);
        for (row, group) in groups.iter().enumerate() {
            if saved.is_valid(row) {
                (self.join)(&mut self.states[*group], S::read(&mut saved.value(row)).unwrap_or_default());
            }
        }
        self.measure(groups, total);
    }

    fn save(&mut self, count: usize) -> BinaryArray {
        let mut builder = BinaryBuilder::new();
        let mut bytes = Vec::new();
        for state in self.first(count) {
            bytes.clear();
            state.write(&mut bytes);
            builder.append_value(&bytes);
        }
        builder.finish()
    }

    fn finish(&mut self, count: usize) -> ArrayRef {
        let states = self.first(count);
        (self.finish)(states, self.returns)
    }

    fn size(&self) -> usize {
        self.states.capacity() * size_of::<S>() + self.tally.bytes()
    }
}
