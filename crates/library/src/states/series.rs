//! What `make-series` becomes: per group the values of the slots of an axis, and the axis itself, as arrays.

use super::text::{PerGroupText, TextState, element};
use crate::aggregate::{AggregateCall, GroupStates};
use crate::call::Argument;
use crate::series_axis::{Axis, Bounds, default_text};
use crate::types::Type;
use crate::value::Value;
use crate::value_bytes::Bytes;
use crate::value_order::compare;

/// The bounds that the constants from a place on give: from, to, step, inclusive.
fn bounds(call: &AggregateCall, place: usize) -> Option<Bounds> {
    let constant = |at: usize| call.constants.get(place + at).cloned().flatten();
    let given = |at: usize| constant(at).filter(|value| !value.is_null());
    Some(Bounds {
        from: given(0),
        to: given(1),
        step: constant(2)?,
        inclusive: call.constants.last().cloned().flatten() == Some(Value::Bool(true)),
    })
}

/// Least and greatest of values.
fn extent<'a>(values: impl Iterator<Item = &'a Value> + Clone) -> Option<(&'a Value, &'a Value)> {
    let order = |a: &&Value, b: &&Value| compare(a, b);
    values.clone().min_by(order).zip(values.max_by(order))
}

/// Values at their places on the axis: arguments (axis, value, from, to, step, default, inclusive).
#[derive(Default)]
struct Series {
    /// Axis value and JSON text.
    values: Vec<(Value, String)>,
}

impl TextState for Series {
    fn add(&mut self, _: &AggregateCall, arguments: &[Argument], row: usize) {
        if !arguments[0].is_null(row) {
            let text =
                element(&arguments[1], row).map_or_else(|| "null".to_owned(), |text| text.into_owned());
            self.values.push((arguments[0].value(row), text));
        }
    }

    fn merge(&mut self, _: &AggregateCall, other: Self) {
        self.values.extend(other.values);
    }

    fn save(&self, out: &mut Vec<u8>) {
        self.values.write(out);
    }

    fn load(mut bytes: &[u8]) -> Self {
        Series { values: Vec::read(&mut bytes).unwrap_or_default() }
    }

    fn text(&mut self, call: &AggregateCall) -> Option<String> {
        let bounds = bounds(call, 2)?;
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
        self.values.capacity() * size_of::<(Value, String)>()
            + self.values.iter().map(|(_, text)| text.capacity()).sum::<usize>()
    }
}

/// The axis: arguments (axis, from, to, step, inclusive).
#[derive(Default)]
struct Places {
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
        if !arguments[0].is_null(row) {
            self.note(arguments[0].value(row));
        }
    }

    fn merge(&mut self, _: &AggregateCall, other: Self) {
        if let Some((least, greatest)) = other.extent {
            self.note(least);
            self.note(greatest);
        }
    }

    fn save(&self, out: &mut Vec<u8>) {
        self.extent.write(out);
    }

    fn load(mut bytes: &[u8]) -> Self {
        Places { extent: Option::read(&mut bytes).flatten() }
    }

    fn text(&mut self, call: &AggregateCall) -> Option<String> {
        let extent = self.extent.as_ref().map(|(least, greatest)| (least, greatest));
        Axis::new(axis_type(call), &bounds(call, 1)?, extent).map(|axis| axis.text())
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
