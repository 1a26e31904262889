//! What an aggregate function is: one constant with its signatures and the state it keeps per group.

use crate::call::Argument;
use crate::function::{ChooseOverload, Example, ResultName, Signature};
use crate::states::tally::Tally;
use crate::types::Type;
use crate::value::Value;
use arrow::array::{Array, ArrayRef, BinaryArray, BooleanArray, StructArray};
use arrow::datatypes::{Field, Fields};
use std::sync::Arc;

/// An aggregate function.
#[derive(Clone, Copy, Debug)]
pub struct Aggregate {
    /// The name, as queries write it.
    pub name: &'static str,
    /// Other names for the very same aggregate.
    pub aliases: &'static [&'static str],
    /// One sentence.
    pub summary: &'static str,
    /// The overloads, the most specific first.
    pub signatures: &'static [Signature],
    /// Chooses argument types and result where signatures cannot say it; tried before them.
    pub overload: Option<ChooseOverload>,
    /// The name an unnamed column gets.
    pub result_name: ResultName,
    /// The argument that is a predicate: only rows where it is true take part, and `states` never sees it.
    pub predicate: Option<usize>,
    /// How one call becomes several columns.
    pub expands: Expands,
    /// The engine's own aggregate that means the same for the types `native_for` takes; `states` is then only for
    /// other hosts.
    pub native: Option<Native>,
    /// How calls over the same values become one, where that saves work.
    pub sharing: Option<Sharing>,
    /// Whether the answer depends on the order of the rows (`make_list`).
    pub ordered: bool,
    /// Queries with the text of their answer.
    pub examples: &'static [Example],
    /// A fresh set of group states for a call.
    pub states: fn(AggregateCall) -> Box<dyn GroupStates>,
}

/// The defaults of all fields but name, signatures and states.
pub const DEFAULTS: Aggregate = Aggregate {
    name: "",
    aliases: &[],
    summary: "",
    signatures: &[],
    overload: None,
    result_name: ResultName::None,
    predicate: None,
    expands: Expands::No,
    native: None,
    sharing: None,
    ordered: false,
    examples: &[],
    states: |call| Box::new(PerGroup::<Absent>::new(call)),
};

/// How one aggregate call becomes several columns. Each column is computed by a call of its own; equal input order
/// makes them agree on the row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expands {
    /// One call, one column.
    No,
    /// `arg_max(e, a, b)`: the extreme of `e` by the aggregate named here, then this aggregate over `(e, a)`, `(e, b)`.
    Extreme(&'static str),
    /// `take_any(a, b)`: with one argument, this aggregate; with several, one call of the aggregate named here per
    /// argument, so that all values come from one row.
    PerArgument(&'static str),
    /// `percentiles(x, 5, 95)`: one call per further argument, with so many leading arguments repeated in each: 1 for
    /// `(x, p)`, 2 for `(x, weight, p)`.
    PerParameter(usize),
}

/// How calls that differ in their last argument alone become one, which keeps the values once: its arguments are those
/// that the calls have in common, then the last one of each.
#[derive(Clone, Copy, Debug)]
pub struct Sharing {
    /// Aggregates with the same name here may take part in the same call.
    pub name: &'static str,
    /// States of such a call. The results are structs as `shared_results` makes them, with a field per last argument.
    pub states: fn(AggregateCall) -> Box<dyn GroupStates>,
}

/// The fields of the results of calls that share their values, named by their place.
pub fn shared_fields(returns: Type, calls: usize) -> Fields {
    (0..calls).map(|place| Field::new(place.to_string(), returns.arrow(), true)).collect()
}

/// Results of calls that share their values: a struct of columns, which are of the type that the calls return.
pub fn shared_results(returns: Type, columns: Vec<ArrayRef>, rows: usize) -> ArrayRef {
    let fields = shared_fields(returns, columns.len());
    let made = StructArray::try_new_with_length(fields, columns, None, rows);
    Arc::new(made.expect("columns have the type and the length of the result"))
}

/// Aggregates whose meaning the engine already has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Native {
    /// Rows, nulls too; the argument, if any, is not looked at.
    Count,
    /// Sum of longs, reals or ticks; nulls left out; 0 when there is none.
    Sum,
    /// Least value; nulls left out.
    Min,
    /// Greatest value; nulls left out.
    Max,
}

impl Aggregate {
    /// The engine's own aggregate, where it means the same for arguments of these types (without the predicate).
    pub fn native_for(&self, types: &[Type]) -> Option<Native> {
        let native = self.native?;
        let same = match native {
            Native::Count => true,
            Native::Sum => {
                matches!(types, [Type::Int | Type::Long | Type::Real | Type::DateTime | Type::TimeSpan])
            }
            // Reals are left out because of NaN, strings because an empty group gives the empty string.
            Native::Min | Native::Max => {
                matches!(types, [Type::Int | Type::Long | Type::DateTime | Type::TimeSpan])
            }
        };
        same.then_some(native)
    }
}

/// What a call of an aggregate is made of.
#[derive(Clone, Debug)]
pub struct AggregateCall {
    /// Types of the arguments, without the predicate.
    pub types: Vec<Type>,
    /// Values of the arguments that are known before any row (accuracy, percentile, maximum size).
    pub constants: Vec<Option<Value>>,
    /// The type of the result.
    pub returns: Type,
}

/// The states of all groups of one aggregate call.
pub trait GroupStates: Send {
    /// Adds rows: `groups[row]` is the group of each; `keep`, when given, says which rows take part.
    fn update(&mut self, groups: &[usize], total: usize, arguments: &[Argument], keep: Option<&BooleanArray>);
    /// Adds states saved elsewhere.
    fn merge(&mut self, groups: &[usize], total: usize, saved: &BinaryArray);
    /// The states of the first `count` groups as bytes; those groups are dropped and the rest renumbered from 0.
    fn save(&mut self, count: usize) -> BinaryArray;
    /// The results of the first `count` groups; those groups are dropped and the rest renumbered from 0.
    fn finish(&mut self, count: usize) -> ArrayRef;
    /// Bytes of memory held, about.
    fn size(&self) -> usize;
}

/// The state of one group. Fresh by `Default`.
pub trait State: Default + Send + 'static {
    /// Adds a row.
    fn add(&mut self, call: &AggregateCall, arguments: &[Argument], row: usize);
    /// Adds another state, whose rows came later.
    fn merge(&mut self, call: &AggregateCall, other: Self);
    /// The state as bytes.
    fn save(&self, out: &mut Vec<u8>);
    /// The state from bytes; bytes not written by `save` give any valid state.
    fn load(bytes: &[u8]) -> Self;
    /// The result; `&mut` so that large states need no copy.
    fn finish(&mut self, call: &AggregateCall) -> Value;
    /// Bytes held beyond the struct itself, about. Asked after every row, so it must not go through what is held.
    fn size(&self) -> usize {
        0
    }
}

/// Group states that are one `State` per group.
pub struct PerGroup<S> {
    call: AggregateCall,
    states: Vec<S>,
    tally: Tally,
}

impl<S: State> PerGroup<S> {
    /// No group yet.
    pub fn new(call: AggregateCall) -> PerGroup<S> {
        PerGroup { call, states: Vec::new(), tally: Tally::default() }
    }

    fn grow(&mut self, total: usize) {
        if self.states.len() < total {
            self.states.resize_with(total, S::default);
        }
    }

    fn first(&mut self, count: usize) -> Vec<S> {
        self.grow(count);
        self.tally.forget(count);
        let rest = self.states.split_off(count);
        std::mem::replace(&mut self.states, rest)
    }
}

impl<S: State> GroupStates for PerGroup<S> {
    fn update(
        &mut self,
        groups: &[usize],
        total: usize,
        arguments: &[Argument],
        keep: Option<&BooleanArray>,
    ) {
        self.grow(total);
        for (row, group) in groups.iter().enumerate() {
            if keep.is_none_or(|keep| keep.is_valid(row) && keep.value(row)) {
                self.states[*group].add(&self.call, arguments, row);
            }
        }
        self.tally.note(groups, total, |group| self.states[group].size());
    }

    fn merge(&mut self, groups: &[usize], total: usize, saved: &BinaryArray) {
        self.grow(total);
        for (row, group) in groups.iter().enumerate() {
            if saved.is_valid(row) {
                self.states[*group].merge(&self.call, S::load(saved.value(row)));
            }
        }
        self.tally.note(groups, total, |group| self.states[group].size());
    }

    fn save(&mut self, count: usize) -> BinaryArray {
        let mut bytes = Vec::new();
        self.first(count)
            .iter()
            .map(|state| {
                bytes.clear();
                state.save(&mut bytes);
                Some(bytes.clone())
            })
            .collect()
    }

    fn finish(&mut self, count: usize) -> ArrayRef {
        let states = self.first(count);
        let call = &self.call;
        Value::to_array(call.returns, states.into_iter().map(|mut state| state.finish(call)))
    }

    fn size(&self) -> usize {
        self.states.capacity() * size_of::<S>() + self.tally.bytes()
    }
}

/// A state that keeps nothing: the result is absent.
#[derive(Default)]
struct Absent;

impl State for Absent {
    fn add(&mut self, _: &AggregateCall, _: &[Argument], _: usize) {}
    fn merge(&mut self, _: &AggregateCall, _: Absent) {}
    fn save(&self, _: &mut Vec<u8>) {}
    fn load(_: &[u8]) -> Absent {
        Absent
    }
    fn finish(&mut self, call: &AggregateCall) -> Value {
        Value::absent(call.returns)
    }
}

/// An argument list over one batch, for tests and hosts that hold plain arrays.
pub fn arguments(types: &[Type], arrays: &[ArrayRef]) -> Vec<Argument> {
    types.iter().zip(arrays).map(|(ty, array)| Argument::rows(*ty, Arc::clone(array))).collect()
}
