//! Filters on the columns as a query sees them, said of the columns as the files hold them, so that statistics, page
//! indexes and bloom filters can answer. In: `kql_held('datetime', TimeGenerated) >= ticks`; out:
//! `TimeGenerated >= microseconds`, alone where it says the same of every row, else before the filter it came from.

use super::TIME_COLUMN;
use crate::held::{Counts, UNIX_TICKS, counts_within};
use crate::udf::HELD;
use arrow::datatypes::{DataType, Schema, TimeUnit};
use calypso_library::Type;
use datafusion::common::Column;
use datafusion::logical_expr::expr::{InList, ScalarFunction};
use datafusion::logical_expr::{BinaryExpr, Expr, Operator, binary_expr, lit};
use datafusion::scalar::ScalarValue;

/// Which kinds of columns are looked through.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    /// Datetimes and timespans.
    pub times: bool,
    /// Texts.
    pub texts: bool,
    /// Whether the files' times are known to have ticks, so that no row lies beyond them.
    pub spans_known: bool,
}

/// A conjunct as the files' columns tell it.
pub(super) struct Told {
    /// Holds for every row for which the filter holds.
    pub raw: Vec<Expr>,
    /// The filter, unless `raw` says the same.
    pub rest: Option<Expr>,
}

/// Says a filter of the raw columns as far as it can be said.
pub(super) fn told(filter: Expr, schema: &Schema, kinds: Kinds) -> Told {
    if let Some(range) = kinds.times.then(|| range_of(&filter, schema, kinds.spans_known)).flatten() {
        let rest = if range.counts.exact { None } else { range.digits.clone().or(Some(filter)) };
        return Told { raw: range.limits(), rest };
    }
    if kinds.texts
        && let Some(text) = text_of(&filter, schema)
    {
        return Told { raw: vec![text], rest: None };
    }
    Told { raw: Vec::new(), rest: Some(filter) }
}

/// The least and greatest ticks of a column that a filter lets through.
pub(super) fn ticks_of(filter: &Expr, column: &str) -> Option<(i64, i64)> {
    let (held, operator, ticks) = comparison(filter)?;
    if held.column.name != column || held.ty != Type::DateTime {
        return None;
    }
    let ScalarValue::Int64(Some(ticks)) = ticks else { return None };
    between(operator, *ticks)
}

/// A column as a query sees it.
struct Held<'a> {
    ty: Type,
    column: &'a Column,
    /// The column of its seventh digit.
    digits: Option<&'a Column>,
}

fn held(expr: &Expr) -> Option<Held<'_>> {
    let Expr::ScalarFunction(ScalarFunction { func, args }) = expr else { return None };
    let (Expr::Literal(ScalarValue::Utf8(Some(ty)), _), Expr::Column(column)) = (args.first()?, args.get(1)?)
    else {
        return None;
    };
    let digits = match args.get(2) {
        None => None,
        Some(Expr::Column(digits)) => Some(digits),
        Some(_) => return None,
    };
    (func.name() == HELD).then_some(Held { ty: Type::from_name(ty)?, column, digits })
}

/// A column compared with a value.
fn comparison(filter: &Expr) -> Option<(Held<'_>, Operator, &ScalarValue)> {
    let Expr::BinaryExpr(BinaryExpr { left, op, right }) = filter else { return None };
    match (left.as_ref(), right.as_ref()) {
        (left, Expr::Literal(value, _)) => Some((held(left)?, *op, value)),
        (Expr::Literal(value, _), right) => Some((held(right)?, op.swap()?, value)),
        _ => None,
    }
}

/// The values for which a comparison holds, both ends included.
fn between(operator: Operator, value: i64) -> Option<(i64, i64)> {
    match operator {
        Operator::Eq | Operator::IsNotDistinctFrom => Some((value, value)),
        Operator::Lt => Some((i64::MIN, value.checked_sub(1)?)),
        Operator::LtEq => Some((i64::MIN, value)),
        Operator::Gt => Some((value.checked_add(1)?, i64::MAX)),
        Operator::GtEq => Some((value, i64::MAX)),
        _ => None,
    }
}

/// A range of counts in a column of times.
struct Range {
    column: Column,
    ty: DataType,
    counts: Counts,
    /// Whether counts without ticks must be kept out.
    guarded: bool,
    /// What is asked of the digits at an end of the range, where that can be said of them alone.
    digits: Option<Expr>,
}

impl Range {
    fn limits(&self) -> Vec<Expr> {
        let Counts { low, high, fits, exact: _ } = self.counts;
        let needed = |end: i64, last: i64, fit: i64| end != last && (self.guarded || end != fit);
        let column = || Expr::Column(self.column.clone());
        let limit = |count: i64| Some(Expr::Literal(count_of(&self.ty, count)?, None));
        let low = needed(low, i64::MIN, fits.0).then(|| limit(low)).flatten();
        let high = needed(high, i64::MAX, fits.1).then(|| limit(high)).flatten();
        low.map(|low| column().gt_eq(low)).into_iter().chain(high.map(|high| column().lt_eq(high))).collect()
    }
}

fn range_of(filter: &Expr, schema: &Schema, spans_known: bool) -> Option<Range> {
    let (held, operator, ticks) = comparison(filter)?;
    let ScalarValue::Int64(Some(ticks)) = ticks else { return None };
    let (low, high) = between(operator, *ticks)?;
    let ty = schema.field_with_name(&held.column.name).ok()?.data_type().clone();
    let (unit, origin) = match (held.ty, &ty) {
        (Type::DateTime, DataType::Timestamp(unit, _)) => (*unit, UNIX_TICKS),
        (Type::TimeSpan, DataType::Duration(unit)) => (*unit, 0),
        _ => return None,
    };
    let counts = counts_within(unit, origin, low, high, held.digits.is_some());
    let guarded = !(spans_known && held.column.name == TIME_COLUMN);
    let digits = held.digits.and_then(|digits| {
        let column = || Expr::Column(held.column.clone());
        // The digit at an end of the range, where that is the end asked for.
        let digit = |ticks: i64, end: i64| {
            let since = ticks.checked_sub(UNIX_TICKS)?;
            (since.div_euclid(10) == end).then(|| lit(since.rem_euclid(10) as i8))
        };
        let digits = Expr::Column(digits.clone());
        let absent = digits.clone().is_null();
        match (low == i64::MIN, high == i64::MAX) {
            // An absent digit is 0, and 0 is not asked for here.
            (false, true) => {
                let later = column().gt(Expr::Literal(count_of(&ty, counts.low)?, None));
                Some(later.or(digits.gt_eq(digit(low, counts.low)?)))
            }
            (true, false) => {
                let earlier = column().lt(Expr::Literal(count_of(&ty, counts.high)?, None));
                Some(earlier.or(digits.lt_eq(digit(high, counts.high)?)).or(absent))
            }
            (false, false) if low == high => {
                let zero = low.checked_sub(UNIX_TICKS)?.rem_euclid(10) == 0;
                let same = digits.eq(digit(low, counts.low)?);
                Some(if zero { same.or(absent) } else { same })
            }
            (false, false) | (true, true) => None,
        }
    });
    Some(Range { column: held.column.clone(), ty, counts, guarded, digits })
}

/// A count as a value of a column's type.
pub(super) fn count_of(ty: &DataType, count: i64) -> Option<ScalarValue> {
    let count = Some(count);
    Some(match ty {
        DataType::Timestamp(TimeUnit::Second, zone) => ScalarValue::TimestampSecond(count, zone.clone()),
        DataType::Timestamp(TimeUnit::Millisecond, zone) => {
            ScalarValue::TimestampMillisecond(count, zone.clone())
        }
        DataType::Timestamp(TimeUnit::Microsecond, zone) => {
            ScalarValue::TimestampMicrosecond(count, zone.clone())
        }
        DataType::Timestamp(TimeUnit::Nanosecond, zone) => {
            ScalarValue::TimestampNanosecond(count, zone.clone())
        }
        DataType::Duration(TimeUnit::Second) => ScalarValue::DurationSecond(count),
        DataType::Duration(TimeUnit::Millisecond) => ScalarValue::DurationMillisecond(count),
        DataType::Duration(TimeUnit::Microsecond) => ScalarValue::DurationMicrosecond(count),
        DataType::Duration(TimeUnit::Nanosecond) => ScalarValue::DurationNanosecond(count),
        _ => return None,
    })
}

/// The same filter on texts that may be null in the file, where null is the empty text.
fn text_of(filter: &Expr, schema: &Schema) -> Option<Expr> {
    match filter {
        Expr::BinaryExpr(BinaryExpr { left, op: op @ (Operator::And | Operator::Or), right }) => {
            Some(binary_expr(text_of(left, schema)?, *op, text_of(right, schema)?))
        }
        Expr::BinaryExpr(_) => {
            let (held, operator, value) = comparison(filter)?;
            let (column, text) = (text_column(&held, schema)?, text(value)?);
            let value = lit(value.clone());
            match (operator, text.is_empty()) {
                (Operator::Eq | Operator::IsNotDistinctFrom, false) => Some(column.eq(value)),
                (Operator::Eq | Operator::IsNotDistinctFrom, true) => {
                    Some(column.clone().is_null().or(column.eq(value)))
                }
                (Operator::NotEq | Operator::IsDistinctFrom, false) => {
                    Some(binary_expr(column, Operator::IsDistinctFrom, value))
                }
                (Operator::NotEq | Operator::IsDistinctFrom, true) => Some(column.not_eq(value)),
                _ => None,
            }
        }
        Expr::InList(InList { expr, list, negated: false }) => {
            let column = text_column(&held(expr)?, schema)?;
            let known = |item: &Expr| match item {
                Expr::Literal(value, _) => text(value).is_some_and(|text| !text.is_empty()),
                _ => false,
            };
            list.iter().all(known).then(|| column.in_list(list.clone(), false))
        }
        _ => None,
    }
}

fn text_column(held: &Held, schema: &Schema) -> Option<Expr> {
    let field = schema.field_with_name(&held.column.name).ok()?;
    let text = held.ty == Type::String && field.data_type() == &DataType::Utf8View;
    text.then(|| Expr::Column(held.column.clone()))
}

fn text(value: &ScalarValue) -> Option<&str> {
    value.try_as_str().flatten()
}
