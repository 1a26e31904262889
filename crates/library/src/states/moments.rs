//! Variance, standard deviation and covariance by running means, which stay exact where sums of squares would not.

use super::fixed::Fixed;
use super::rows::{each, each_real};
use crate::aggregate::{AggregateCall, GroupStates};
use crate::call::Argument;
use crate::types::Type;
use crate::value::Value;
use crate::value_bytes::Bytes;
use arrow::array::{ArrayRef, BooleanArray};

/// Count, means and the sum of products of deviations of two variables; for a variance both are the same one.
#[derive(Clone, Default)]
struct Moments {
    count: f64,
    mean_x: f64,
    mean_y: f64,
    product: f64,
}

impl Moments {
    fn add(&mut self, x: f64, y: f64) {
        self.count += 1.0;
        let from_x = x - self.mean_x;
        self.mean_x += from_x / self.count;
        self.mean_y += (y - self.mean_y) / self.count;
        self.product += from_x * (y - self.mean_y);
    }

    fn join(&mut self, other: Moments) {
        let count = self.count + other.count;
        if other.count == 0.0 {
            return;
        }
        let (dx, dy) = (other.mean_x - self.mean_x, other.mean_y - self.mean_y);
        self.product += other.product + dx * dy * self.count * other.count / count;
        self.mean_x += dx * other.count / count;
        self.mean_y += dy * other.count / count;
        self.count = count;
    }

    /// Mean product of deviations: over the population, or by Bessel's correction over a sample; of one row 0.
    fn mean_product(&self, sample: bool) -> f64 {
        let divisor = if sample { self.count - 1.0 } else { self.count };
        if divisor > 0.0 { self.product / divisor } else { 0.0 }
    }
}

impl Bytes for Moments {
    fn write(&self, out: &mut Vec<u8>) {
        for part in [self.count, self.mean_x, self.mean_y, self.product] {
            part.write(out);
        }
    }
    fn read(input: &mut &[u8]) -> Option<Self> {
        let mut part = || f64::read(input);
        Some(Moments { count: part()?, mean_x: part()?, mean_y: part()?, product: part()? })
    }
}

fn add_one(states: &mut [Moments], groups: &[usize], arguments: &[Argument], keep: Option<&BooleanArray>) {
    each_real(groups, &arguments[0], keep, |group, value| states[group].add(value, value));
}

fn add_pair(states: &mut [Moments], groups: &[usize], arguments: &[Argument], keep: Option<&BooleanArray>) {
    each(groups, keep, |group, row| {
        if let (Some(x), Some(y)) = (arguments[0].real(row), arguments[1].real(row)) {
            states[group].add(x, y);
        }
    });
}

fn reals(states: Vec<Moments>, result: impl Fn(Moments) -> f64) -> ArrayRef {
    Value::to_array(Type::Real, states.into_iter().map(|state| Value::Real(result(state))))
}

/// States of the variance of a sample.
pub fn variance(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::boxed(call.returns, add_one, Moments::join, |states, _| {
        reals(states, |state| state.mean_product(true))
    })
}

/// States of the variance of a population.
pub fn variance_population(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::boxed(call.returns, add_one, Moments::join, |states, _| {
        reals(states, |state| state.mean_product(false))
    })
}

/// States of the standard deviation of a sample.
pub fn deviation(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::boxed(call.returns, add_one, Moments::join, |states, _| {
        reals(states, |state| state.mean_product(true).sqrt())
    })
}

/// States of the standard deviation of a population.
pub fn deviation_population(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::boxed(call.returns, add_one, Moments::join, |states, _| {
        reals(states, |state| state.mean_product(false).sqrt())
    })
}

/// Covariance of nothing is null; of rows it is a real.
fn covariances(states: Vec<Moments>, sample: bool) -> ArrayRef {
    let result = |state: Moments| {
        if state.count == 0.0 { Value::Null(Type::Real) } else { Value::Real(state.mean_product(sample)) }
    };
    Value::to_array(Type::Real, states.into_iter().map(result))
}

/// States of the covariance of a sample of pairs; a pair with a null is left out.
pub fn covariance(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::boxed(call.returns, add_pair, Moments::join, |states, _| covariances(states, true))
}

/// States of the covariance of a population of pairs; a pair with a null is left out.
pub fn covariance_population(call: AggregateCall) -> Box<dyn GroupStates> {
    Fixed::boxed(call.returns, add_pair, Moments::join, |states, _| covariances(states, false))
}
