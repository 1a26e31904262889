//! Bounds on datetime columns that filters above a table imply. A table in files is asked for rows within them, by the
//! files' own timestamps, so that whole row groups are left out; the filters themselves stay.

use calypso_library::function::NativeOperator;
use calypso_library::{Type, Value};
use calypso_planner::plan::{ColumnId, Expr, PlanColumn};
use std::collections::BTreeMap;

/// Least and greatest ticks by column, both included.
#[derive(Clone, Default, Debug)]
pub(crate) struct Bounds(BTreeMap<ColumnId, (i64, i64)>);

impl Bounds {
    /// The bounds of a column.
    pub fn of(&self, column: ColumnId) -> Option<(i64, i64)> {
        self.0.get(&column).copied()
    }

    /// Adds a bound.
    pub fn narrow(&mut self, column: ColumnId, low: i64, high: i64) {
        let known = self.0.entry(column).or_insert((i64::MIN, i64::MAX));
        *known = (known.0.max(low), known.1.min(high));
    }

    /// What holds below a filter.
    pub fn below_filter(&self, predicate: &Expr) -> Bounds {
        let mut bounds = self.clone();
        bounds.add(predicate);
        bounds
    }

    /// What holds below a projection, for the columns that it only renames.
    pub fn below_project(&self, columns: &[PlanColumn], expressions: &[Expr]) -> Bounds {
        let mut bounds = Bounds::default();
        for (column, expr) in columns.iter().zip(expressions) {
            if let (Expr::Column(source, _), Some((low, high))) = (expr, self.of(column.id)) {
                bounds.narrow(*source, low, high);
            }
        }
        bounds
    }

    fn add(&mut self, predicate: &Expr) {
        let Expr::Call { function, arguments, .. } = predicate else { return };
        match (function.native, arguments.as_slice()) {
            (Some(NativeOperator::And), [left, right]) => {
                self.add(left);
                self.add(right);
            }
            (Some(NativeOperator::Between), [Expr::Column(id, Type::DateTime), low, high]) => {
                let (Some(low), Some(high)) = (ticks(low), high.literal()) else { return };
                let high = match high {
                    Value::DateTime(high) => *high,
                    Value::TimeSpan(length) => low.saturating_add(*length),
                    _ => return,
                };
                self.narrow(*id, low, high);
            }
            (Some(native), [Expr::Column(id, Type::DateTime), value]) => {
                if let Some(value) = ticks(value) {
                    self.compare(*id, native, value);
                }
            }
            (Some(native), [value, Expr::Column(id, Type::DateTime)]) => {
                if let Some(value) = ticks(value) {
                    self.compare(*id, turned(native), value);
                }
            }
            _ => {}
        }
    }

    fn compare(&mut self, id: ColumnId, native: NativeOperator, value: i64) {
        match native {
            NativeOperator::Equal => self.narrow(id, value, value),
            NativeOperator::Less | NativeOperator::LessOrEqual => self.narrow(id, i64::MIN, value),
            NativeOperator::Greater | NativeOperator::GreaterOrEqual => self.narrow(id, value, i64::MAX),
            NativeOperator::And | NativeOperator::Or | NativeOperator::NotEqual | NativeOperator::Between => {
            }
        }
    }
}

fn ticks(expr: &Expr) -> Option<i64> {
    match expr.literal() {
        Some(Value::DateTime(ticks)) => Some(*ticks),
        _ => None,
    }
}

/// The operator with its sides exchanged.
fn turned(native: NativeOperator) -> NativeOperator {
    match native {
        NativeOperator::Less => NativeOperator::Greater,
        NativeOperator::LessOrEqual => NativeOperator::GreaterOrEqual,
        NativeOperator::Greater => NativeOperator::Less,
        NativeOperator::GreaterOrEqual => NativeOperator::LessOrEqual,
        NativeOperator::And
        | NativeOperator::Or
        | NativeOperator::Equal
        | NativeOperator::NotEqual
        | NativeOperator::Between => native,
    }
}
