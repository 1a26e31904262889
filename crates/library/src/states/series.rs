//! What `make-series` becomes: per group the values of the slots of an axis, and the axis itself, as arrays.

use super::tally::heap;
use super::text::{PerGroupText, TextState, write_element};
use crate::aggregate::{AggregateCall, GroupStates};
use crate::call::Argument;
use crate::series_axis::{Axis, Bounds, default_text};
use crate::types::Type;
use crate::value::Value;
use crate::value_bytes::Bytes;
use crate::value_order::compare;

/// From, to and step as a row's arguments give them from a place on; they are the same in every row.
fn read_bounds(arguments: &[Argument], place: usize, row: usize) -> Vec<Value> {
    arguments.iter().skip(place).take(3).map(|argument| argument.value(row)).collect()
}

/// The bounds by the constants of the call from a place on, or by what rows gave where they were not known before.
fn bounds(call: &AggregateCall, place: usize, read: &[Value]) -> Option<Bounds> {
    let bound = |at: usize| {
        let known = call.constants.get(place + at).cloned().flatten();
        known.or_else(|| read.get(at).cloned()).filter(|value| !value.is_null())
    };
    Some(Bounds { from: bound(0), to: bound(1), step: bound(2)? })
}

/// Least and greatest of values.
fn extent<'a>(values: impl Iterator<Item = &'a Value> + Clone) -> Option<(&'a Value, &'a Value)> {
    let order = |a: &&Value, b: &&Value| compare(a, b);
    values.clone().min_by(order).zip(values.max_by(order))
}

/// Values at their places on the axis: arguments (axis, value, from, to, step, default).
#[derive(Default)]
struct Series {
    bounds: Vec<Value>,
    /// Axis value and JSON text.
    values: Vec<(Value, String)>,
    /// Bytes of the texts.
    texts: usize,
}

impl TextState for Series {
    fn add(&mut self, _: &AggregateCall, arguments: &[Argument], row: usize) {
        if self.bounds.is_empty() {
            self.bounds = read_bounds(arguments, 2, row);
        }
        if !arguments[0].is_null(row) {
            let mut text = String::new();
            if !write_element(&arguments[1], row, &mut text) {
                text.push_str("null");
            }
            self.texts += heap(text.capacity());
            self.values.push((arguments[0].value(row), text));
        }
    }

    fn merge(&mut self, _: &AggregateCall, other: Self) {
        if self.bounds.is_empty() {
            self.bounds = other.bounds;
        }
        self.values.extend(other.values);
        self.texts += other.texts;
    }

    fn save(&self, out: &mut Vec<u8>) {
        self.bounds.write(out);
        self.values.write(out);
    }

    fn load(mut bytes: &[u8]) -> Self {
        let bounds = Vec::read(&mut bytes).unwrap_or_default();
        let values: Vec<(Value, String)> = Vec::read(&mut bytes).unwrap_or_default();
        let texts = values.iter().map(|(_, text)| heap(text.capacity())).sum();
        Series { bounds, values, texts }
    }

    fn text(&mut self, call: &AggregateCall) -> Option<String> {
        let bounds = bounds(call, 2, &self.bounds)?;
        let axis = Axis::new(axis_type(call), &bounds, extent(self.values.iter().map(|(at, _)| at)))?;
        let series = call.types.get(1).copied().unwrap_or(Type::Long);
        let default = call.constants.get(5).cloned().flatten().unwrap_or(Value::Long(0));
        let default = default_text(&default, series);
        let mut slots: Vec<&str> = vec![&default; axis.count];
        for (at, text) in &self.values {
            if let Some(slot) = axis.slot(at) {
                slots[slot] = text;
            }
        }
        Some(format!("[{}]", slots.join(",")))
    }

    fn size(&self) -> usize {
        heap(self.values.capacity() * size_of::<(Value, String)>()) + self.texts
    }
}

/// The axis: arguments (axis, from, to, step).
#[derive(Default)]
struct Places {
    bounds: Vec<Value>,
    extent: Option<(Value, Value)>,
}

impl Places {
    fn note(&mut self, value: Value) {
        self.extent = Some(match self.extent.take() {
            None => (value.clone(), value),
            Some((least, greatest)) => {
                if compare(&value, &least).is_lt() {
                    (value, greatest)
                } else if compare(&value, &greatest).is_gt() {
                    (least, value)
                } else {
                    (least, greatest)
                }
            }
        });
    }
}

impl TextState for Places {
    fn add(&mut self, _: &AggregateCall, arguments: &[Argument], row: usize) {
        if self.bounds.is_empty() {
            self.bounds = read_bounds(arguments, 1, row);
        }
        if !arguments[0].is_null(row) {
            self.note(arguments[0].value(row));
        }
    }

    fn merge(&mut self, _: &AggregateCall, other: Self) {
        if self.bounds.is_empty() {
            self.bounds = other.bounds;
        }
        if let Some((least, greatest)) = other.extent {
            self.note(least);
            self.note(greatest);
        }
    }

    fn save(&self, out: &mut Vec<u8>) {
        self.bounds.write(out);
        self.extent.write(out);
    }

    fn load(mut bytes: &[u8]) -> Self {
        let bounds = Vec::read(&mut bytes).unwrap_or_default();
        Places { bounds, extent: Option::read(&mut bytes).flatten() }
    }

    fn text(&mut self, call: &AggregateCall) -> Option<String> {
        let extent = self.extent.as_ref().map(|(least, greatest)| (least, greatest));
        Axis::new(axis_type(call), &bounds(call, 1, &self.bounds)?, extent).map(|axis| axis.text())
    }

    fn size(&self) -> usize {
        0
    }
}

fn axis_type(call: &AggregateCall) -> Type {
    call.types.first().copied().unwrap_or(Type::Long)
}

/// States that gather values into slots; slots without a value hold the default.
pub fn series(call: AggregateCall) -> Box<dyn GroupStates> {
    PerGroupText::<Series>::boxed(call)
}

/// States that give the axis.
pub fn axis(call: AggregateCall) -> Box<dyn GroupStates> {
    PerGroupText::<Places>::boxed(call)
}
