//! `arg_max` and `arg_min`, one column at a time: the value that stands in the row with the greatest or least extreme.

use super::any::{Kept, held};
use crate::aggregate::{AggregateCall, State};
use crate::call::Argument;
use crate::types::Type;
use crate::value::Value;
use crate::value_bytes::Bytes;
use crate::value_order::{compare, compare_row};
use std::cmp::Ordering;

/// The best row so far, over the arguments (extreme, value) or the extreme alone. The first row wins ties; a row whose
/// extreme is null or NaN loses against any other, but is taken when there is no other.
#[derive(Default)]
pub struct ExtremeRow<const MAX: bool> {
    best: Option<(Value, Kept)>,
}

/// How much an extreme counts as such: null least, then NaN.
fn rank(value: &Value) -> u8 {
    match value {
        Value::Null(_) => 0,
        Value::Real(v) if v.is_nan() => 1,
        _ => 2,
    }
}

/// Whether a new extreme beats the held one, given their order.
fn wins<const MAX: bool>(new: u8, held: u8, order: impl FnOnce() -> Ordering) -> bool {
    match new.cmp(&held) {
        Ordering::Less => false,
        Ordering::Greater => true,
        Ordering::Equal if new < 2 => false,
        Ordering::Equal => order() == if MAX { Ordering::Greater } else { Ordering::Less },
    }
}

impl<const MAX: bool> State for ExtremeRow<MAX> {
    fn add(&mut self, _: &AggregateCall, arguments: &[Argument], row: usize) {
        let extreme = &arguments[0];
        let better = match &self.best {
            None => true,
            Some((held, _)) => {
                let new = if extreme.is_null(row) {
                    0
                } else if extreme.ty == Type::Real {
                    rank(&extreme.value(row))
                } else {
                    2
                };
                wins::<MAX>(new, rank(held), || compare_row(extreme, row, held))
            }
        };
        if better {
            let returned = arguments.get(1).unwrap_or(extreme);
            match &mut self.best {
                Some((held, kept)) => {
                    *held = extreme.value(row);
                    kept.replace(returned, row);
                }
                None => self.best = Some((extreme.value(row), Kept::of(returned, row))),
            }
        }
    }

    fn merge(&mut self, _: &AggregateCall, other: Self) {
        let Some((extreme, value)) = other.best else { return };
        let better = self
            .best
            .as_ref()
            .is_none_or(|(held, _)| wins::<MAX>(rank(&extreme), rank(held), || compare(&extreme, held)));
        if better {
            self.best = Some((extreme, value));
        }
    }

    fn save(&self, out: &mut Vec<u8>) {
        self.best.write(out);
    }

    fn load(mut bytes: &[u8]) -> Self {
        ExtremeRow { best: Option::read(&mut bytes).flatten() }
    }

    fn finish(&mut self, call: &AggregateCall) -> Value {
        self.best.take().map_or(Value::absent(call.returns), |(_, kept)| kept.value(call.returns))
    }

    fn size(&self) -> usize {
        self.best.as_ref().map_or(0, |(extreme, kept)| held(extreme) + kept.size())
    }
}
