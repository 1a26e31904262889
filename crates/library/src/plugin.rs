//! What a plugin of `evaluate` is: one constant with its arguments, its columns and its evaluation over all rows.
//!
//! Rows that a plugin reads are its `PluginRows::columns`: the columns of the input in order, then those computed for
//! arguments that are expressions. What the query wrote as arguments is a `PluginCall`.

use crate::call::{Argument, EvaluateError};
use crate::function::{Example, Occurs, Parameter};
use crate::types::{Column, Type};
use crate::value::Value;
use arrow::array::{ArrayRef, UInt32Array};
use arrow::compute::take;

/// A plugin.
#[derive(Clone, Copy, Debug)]
pub struct Plugin {
    /// The name, as queries write it.
    pub name: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// The forms of its arguments, the first that fits wins.
    pub signatures: &'static [&'static [Slot]],
    /// How it is done.
    pub work: Work,
    /// Queries with the text of their answer; every one runs in the tests.
    pub examples: &'static [Example],
}

/// How a plugin is done.
#[derive(Clone, Copy, Debug)]
pub enum Work {
    /// All rows are collected and handed over at once.
    Rows(Rows),
    /// The planner says it in other operators.
    Rewrite(Rewrite),
    /// Several answers from the same call, each by a plugin over collected rows.
    Several(&'static [&'static Plugin]),
}

/// A plugin over collected rows.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// The columns it gives for a call; the error is a plain sentence.
    pub columns: fn(&PluginCall) -> Result<Vec<Column>, String>,
    /// Whether the order of its input shows in its answer.
    pub ordered: bool,
    /// One array per column of `PluginCall::output`, all of one length.
    pub evaluate: fn(&PluginCall, &PluginRows) -> Result<Vec<ArrayRef>, EvaluateError>,
}

/// Plugins that are other operators in disguise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rewrite {
    /// The rows as they are.
    Identity,
    /// A column per key of a bag.
    BagUnpack,
    /// A column per value of a column, each with an aggregate.
    Pivot,
    /// Two answers: some rows, and how many there are.
    Preview,
}

/// A slot of a plugin's arguments.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// Name, types, how often, what for.
    pub parameter: Parameter,
    /// What may stand there.
    pub takes: Takes,
}

/// What may stand in a slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    /// The name of a column of the input.
    Column,
    /// Any expression over a row; it becomes a column behind those of the input.
    Value,
    /// A value known before any row.
    Constant,
    /// Rows: the other table.
    Table,
    /// The name of a column of the other table.
    TableColumn,
    /// The name of a column that both tables have.
    CommonColumn,
    /// A call of an aggregate.
    Aggregate,
}

/// A slot for that kind of argument.
pub const fn slot(takes: Takes, parameter: Parameter) -> Slot {
    Slot { parameter, takes }
}

/// What the query wrote: names of slots with what was given for them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PluginCall {
    /// Columns of the input, then the computed ones.
    pub columns: Vec<Column>,
    /// How many of them are columns of the input.
    pub shown: usize,
    /// Columns of the other table.
    pub lookup: Vec<Column>,
    /// Slots that were filled, in order; one entry per argument.
    pub given: Vec<(&'static str, Given)>,
    /// The columns of the answer.
    pub output: Vec<Column>,
}

/// An argument.
#[derive(Clone, PartialEq, Debug)]
pub enum Given {
    /// A column of the input by its place among `PluginCall::columns`.
    Column(usize),
    /// A column of the other table by its place.
    TableColumn(usize),
    /// A known value.
    Constant(Value),
}

/// The rows a plugin works on.
pub struct PluginRows<'a> {
    /// One argument per entry of `PluginCall::columns`.
    pub columns: &'a [Argument],
    /// How many rows.
    pub rows: usize,
    /// One argument per entry of `PluginCall::lookup`.
    pub lookup: &'a [Argument],
    /// How many rows the other table has.
    pub lookup_rows: usize,
    /// Whether the query was cancelled; long loops ask now and then.
    pub stopped: &'a dyn Fn() -> bool,
}

impl PluginCall {
    /// All that was given for a slot.
    pub fn all<'c, 's>(&'c self, slot: &'s str) -> impl Iterator<Item = &'c Given> + use<'c, 's> {
        self.given.iter().filter(move |(name, _)| *name == slot).map(|(_, given)| given)
    }

    /// Places of the input's columns given for a slot.
    pub fn places(&self, slot: &str) -> impl Iterator<Item = usize> {
        self.all(slot).filter_map(|given| match given {
            Given::Column(place) => Some(*place),
            Given::TableColumn(_) | Given::Constant(_) => None,
        })
    }

    /// The place of the input's column in a slot that must be filled.
    pub fn place(&self, slot: &str) -> usize {
        self.places(slot).next().unwrap_or_default()
    }

    /// The place of the other table's column in a slot.
    pub fn table_place(&self, slot: &str) -> usize {
        self.all(slot)
            .find_map(|given| match given {
                Given::TableColumn(place) => Some(*place),
                Given::Column(_) | Given::Constant(_) => None,
            })
            .unwrap_or_default()
    }

    /// The known value in a slot.
    pub fn constant(&self, slot: &str) -> Option<&Value> {
        self.all(slot).find_map(|given| match given {
            Given::Constant(value) => Some(value),
            Given::Column(_) | Given::TableColumn(_) => None,
        })
    }

    /// The known integer, datetime or timespan (ticks) in a slot.
    pub fn long(&self, slot: &str) -> Option<i64> {
        match self.constant(slot)? {
            Value::Int(v) => Some(i64::from(*v)),
            Value::Long(v) | Value::DateTime(v) | Value::TimeSpan(v) => Some(*v),
            Value::Real(v) => Some(*v as i64),
            _ => None,
        }
    }

    /// The known number in a slot.
    pub fn real(&self, slot: &str) -> Option<f64> {
        match self.constant(slot)? {
            Value::Int(v) => Some(f64::from(*v)),
            Value::Long(v) => Some(*v as f64),
            Value::Real(v) => Some(*v),
            Value::Decimal(v) => Some(crate::decimal::to_real(*v)),
            _ => None,
        }
    }

    /// The known bool in a slot.
    pub fn bool(&self, slot: &str) -> Option<bool> {
        match self.constant(slot)? {
            Value::Bool(v) => Some(*v),
            _ => None,
        }
    }

    /// The columns of the input that people see.
    pub fn input(&self) -> &[Column] {
        self.columns.get(..self.shown).unwrap_or(&self.columns)
    }

    /// The column of the input in a slot.
    pub fn column(&self, slot: &str) -> Column {
        self.columns.get(self.place(slot)).cloned().unwrap_or_else(|| Column::new("", Type::String))
    }
}

impl PluginRows<'_> {
    /// An error once the query was cancelled.
    pub fn go_on(&self) -> Result<(), EvaluateError> {
        if (self.stopped)() { Err(EvaluateError("the query was cancelled".to_owned())) } else { Ok(()) }
    }
}

/// Least and most arguments of a form (none: no bound).
pub fn counts(slots: &[Slot]) -> (usize, Option<usize>) {
    let mut most = Some(0);
    let mut least = 0;
    for slot in slots {
        least += match slot.parameter.occurs {
            Occurs::Once => 1,
            Occurs::Optional => 0,
            Occurs::Repeated(n) => n,
        };
        most = match slot.parameter.occurs {
            Occurs::Once | Occurs::Optional => most.map(|most| most + 1),
            Occurs::Repeated(_) => None,
        };
    }
    (least, most)
}

/// A name that no column has yet: the name itself, or with a number at its end.
pub fn free_name(name: &str, taken: &[Column]) -> String {
    let free = |candidate: &str| !taken.iter().any(|column| column.name == candidate);
    if free(name) {
        return name.to_owned();
    }
    (1..).map(|n| format!("{name}{n}")).find(|candidate| free(candidate)).unwrap_or_default()
}

/// These rows of some columns.
pub fn taken(columns: &[Argument], rows: &UInt32Array) -> Result<Vec<ArrayRef>, EvaluateError> {
    let taken = |column: &Argument| take(&column.array, rows, None);
    columns.iter().map(|column| taken(column).map_err(|error| EvaluateError(error.to_string()))).collect()
}
