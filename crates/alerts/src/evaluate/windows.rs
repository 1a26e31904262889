//! Values of windows, put together from rows or from parts of windows.

use crate::rule::{Aggregate, Criterion, FailingPeriods, Measure};

/// What is known of the rows of a window; windows next to each other add up.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Part {
    rows: f64,
    /// Numbers of the measured column: how many, their sum, the least and the greatest.
    numbers: f64,
    sum: f64,
    least: f64,
    greatest: f64,
}

impl Default for Part {
    fn default() -> Part {
        Part { rows: 0.0, numbers: 0.0, sum: 0.0, least: f64::INFINITY, greatest: f64::NEG_INFINITY }
    }
}

impl Part {
    /// Of so many rows alone.
    pub fn of_rows(rows: f64) -> Part {
        Part { rows, ..Part::default() }
    }

    /// Of so many numbers with that sum, least and greatest.
    pub fn of_numbers(numbers: f64, sum: f64, least: f64, greatest: f64) -> Part {
        Part { rows: numbers, numbers, sum, least, greatest }
    }

    /// Of a row.
    pub fn of_row(number: Option<f64>) -> Part {
        match number {
            Some(number) => Part { rows: 1.0, ..Part::of_numbers(1.0, number, number, number) },
            None => Part::of_rows(1.0),
        }
    }

    /// Adds the rows of another.
    pub fn add(&mut self, other: &Part) {
        self.rows += other.rows;
        self.numbers += other.numbers;
        self.sum += other.sum;
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
    }

    /// The value; none of no numbers.
    pub fn value(&self, measure: &Measure) -> Option<f64> {
        let of_numbers = |value: f64| (self.numbers > 0.0).then_some(value);
        match measure {
            Measure::Rows => Some(self.rows),
            Measure::Column { aggregate: Aggregate::Average, .. } => of_numbers(self.sum / self.numbers),
            Measure::Column { aggregate: Aggregate::Minimum, .. } => of_numbers(self.least),
            Measure::Column { aggregate: Aggregate::Maximum, .. } => of_numbers(self.greatest),
            Measure::Column { aggregate: Aggregate::Total, .. } => of_numbers(self.sum),
        }
    }
}

/// Whether enough of the windows fail, the newest first.
pub(super) fn fails(criterion: &Criterion, windows: &[Part]) -> bool {
    let FailingPeriods { least, .. } = criterion.failing;
    let failing = windows.iter().filter(|window| {
        let value = window.value(&criterion.measure);
        value.is_some_and(|value| criterion.operator.holds(value, criterion.threshold))
    });
    failing.count() >= least.max(1) as usize
}
