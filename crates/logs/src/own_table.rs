//! A file that is no log becomes a table of its own, with types told by its values.
//!
//! In: rows of JSON members or separated texts. Out: a table whose columns are bool, long, real, datetime or string;
//! nested JSON and JSON of several kinds is dynamic. A column of nothing but blanks is a string.

use crate::json_text::{normalised, push_string, scalar_text};
use crate::times::{DateOrder, TICKS_PER_DAY, TICKS_PER_SECOND, parse_time};
use arrow::datatypes::{DECIMAL256_MAX_PRECISION, Decimal256Type};
use arrow::record_batch::RecordBatch;
use calypso_library::types::DECIMAL_SCALE;
use calypso_library::{Column, Table, Type, Value};
use std::collections::HashMap;

/// Columns of one table at most.
const MAX_COLUMNS: usize = 4096;

/// What one cell was written as.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
enum Written {
    Nothing,
    Bool,
    Whole,
    Real,
    Time,
    Text,
    Nested,
}

struct OwnColumn {
    name: String,
    declared: Option<Type>,
    cells: Vec<(Written, Box<str>)>,
}

/// Collects the rows of a table.
pub(crate) struct OwnTable {
    pub(crate) name: String,
    columns: Vec<OwnColumn>,
    places: HashMap<String, usize>,
    rows: usize,
    batches: Vec<RecordBatch>,
    from_json: bool,
}

impl OwnTable {
    pub(crate) fn new(name: &str) -> OwnTable {
        OwnTable {
            name: name.to_owned(),
            columns: Vec::new(),
            places: HashMap::new(),
            rows: 0,
            batches: Vec::new(),
            from_json: false,
        }
    }

    /// Rows so far.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The place of a column, made when it is new; `None` when there are too many.
    pub(crate) fn column(&mut self, name: &str, declared: Option<Type>) -> Option<usize> {
        if let Some(place) = self.places.get(name) {
            return Some(*place);
        }
        if self.columns.len() >= MAX_COLUMNS {
            return None;
        }
        self.places.insert(name.to_owned(), self.columns.len());
        self.columns.push(OwnColumn { name: name.to_owned(), declared, cells: Vec::new() });
        Some(self.columns.len() - 1)
    }

    /// Adds a row of JSON members; a value that is no object becomes the column `Value`. False when columns are lost.
    pub(crate) fn push_json<'a>(&mut self, members: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
        self.from_json = true;
        let mut whole = true;
        for (name, raw) in members {
            let written = match raw.as_bytes().first() {
                None | Some(b'n') => continue,
                Some(b't' | b'f') => Written::Bool,
                Some(b'{' | b'[') => Written::Nested,
                Some(b'"') => text_kind(&scalar_text(raw)),
                Some(_) => number_kind(raw),
            };
            let text = if written == Written::Nested { normalised(raw) } else { scalar_text(raw) };
            whole &= self.put(name, written, &text);
        }
        self.rows += 1;
        whole
    }

    /// Adds a row of texts under column names. False when columns are lost.
    pub(crate) fn push_text<'a>(&mut self, fields: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
        let mut whole = true;
        for (name, text) in fields {
            let written = match text {
                "" => Written::Nothing,
                "true" | "false" | "True" | "False" => Written::Bool,
                _ => match number_kind(text) {
                    Written::Text => text_kind(text),
                    number => number,
                },
            };
            whole &= self.put(name, written, text);
        }
        self.rows += 1;
        whole
    }

    /// Puts a cell into the row being made; cells of a repeated name after the first are left.
    fn put(&mut self, name: &str, written: Written, text: &str) -> bool {
        let rows = self.rows;
        let Some(place) = self.column(name, None) else {
            return false;
        };
        let cells = &mut self.columns[place].cells;
        if cells.len() <= rows {
            cells.resize(rows, (Written::Nothing, "".into()));
            cells.push((written, text.into()));
        }
        true
    }

    /// Adds batches of a file with types of its own; false when they do not fit the rows already there.
    pub(crate) fn push_batches(&mut self, columns: &[Column], batches: Vec<RecordBatch>) -> bool {
        let known: Vec<_> = self.columns.iter().map(|c| (c.name.as_str(), c.declared)).collect();
        let fits = columns.iter().map(|c| (c.name.as_str(), Some(c.ty))).eq(known.iter().copied());
        if !fits && (self.rows > 0 || !known.is_empty()) {
            return false;
        }
        for column in columns {
            self.column(&column.name, Some(column.ty));
        }
        self.rows += batches.iter().map(RecordBatch::num_rows).sum::<usize>();
        self.batches.extend(batches);
        true
    }

    /// The table, with types told by all values.
    pub(crate) fn finish(self) -> Table {
        let OwnTable { name, columns, rows, batches, from_json, .. } = self;
        let mut typed = Vec::new();
        let mut arrays = Vec::new();
        let loaded = !batches.is_empty();
        for column in columns {
            let ty = column.declared.unwrap_or_else(|| told_type(&column.cells, from_json));
            if !loaded {
                let missing = rows - column.cells.len();
                let cells = column.cells.iter().map(|(written, text)| cell_value(ty, *written, text));
                let absent = std::iter::repeat_n(Value::absent(ty), missing);
                arrays.push(Value::to_array(ty, cells.chain(absent)));
            }
            typed.push(Column::new(column.name, ty));
        }
        let batches = if loaded || typed.is_empty() {
            batches
        } else {
            let batch = RecordBatch::try_new(crate::builder::schema(&typed), arrays);
            vec![batch.expect("every column has every row, in the type its schema says")]
        };
        Table { name, columns: typed, batches: crate::builder::split(batches) }
    }
}

/// A whole number, a real, or text. Numbers with a leading zero are names, such as employee numbers.
fn number_kind(text: &str) -> Written {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let named = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if named || !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return Written::Text;
    }
    if text.parse::<i64>().is_ok() {
        return Written::Whole;
    }
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    match text.parse::<f64>() {
        Ok(number) if plain && number.is_finite() => Written::Real,
        _ => Written::Text,
    }
}

/// A time in ISO 8601 or with slashes and a clock, else text.
fn text_kind(text: &str) -> Written {
    let iso = text.len() >= 10 && text.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    let slashes = text.contains('/') && text.contains(':');
    let is_time = (iso || slashes) && parse_time(text, DateOrder::MonthFirst).is_some();
    if is_time { Written::Time } else { Written::Text }
}

/// The type that all cells of a column have in common.
fn told_type(cells: &[(Written, Box<str>)], from_json: bool) -> Type {
    let mut kinds: Vec<Written> =
        cells.iter().map(|cell| cell.0).filter(|kind| *kind != Written::Nothing).collect();
    kinds.sort_unstable();
    kinds.dedup();
    match kinds[..] {
        [] => Type::String,
        [Written::Bool] => Type::Bool,
        [Written::Whole] => Type::Long,
        [Written::Real] | [Written::Whole, Written::Real] => Type::Real,
        [Written::Time] => Type::DateTime,
        [Written::Text] | [Written::Time, Written::Text] => Type::String,
        _ if from_json => Type::Dynamic,
        _ => Type::String,
    }
}

/// The value of a cell as the column's type.
fn cell_value(ty: Type, written: Written, text: &str) -> Value {
    if written == Written::Nothing {
        return Value::absent(ty);
    }
    let known = match ty {
        Type::Bool => parse_bool(text).map(Value::Bool),
        Type::Int => text.parse().ok().map(Value::Int),
        Type::Long => text.parse().ok().map(Value::Long),
        Type::Real => text.parse().ok().map(Value::Real),
        Type::Decimal => parse_decimal(text).map(Value::Decimal),
        Type::String => Some(Value::String(text.to_owned())),
        Type::DateTime => parse_time(text, DateOrder::MonthFirst).map(Value::DateTime),
        Type::TimeSpan => parse_timespan(text).map(Value::TimeSpan),
        Type::Guid => Some(Value::Guid(text.to_ascii_lowercase())),
        Type::Dynamic => Some(dynamic_value(written, text)),
    };
    known.unwrap_or(Value::absent(ty))
}

fn dynamic_value(written: Written, text: &str) -> Value {
    let quoted = || {
        let mut json = String::new();
        push_string(&mut json, text);
        json
    };
    let json = match written {
        Written::Text | Written::Time => quoted(),
        Written::Nothing | Written::Bool | Written::Whole | Written::Real | Written::Nested => {
            text.to_owned()
        }
    };
    let parsed = serde_json::from_str(&json);
    Value::dynamic(parsed.unwrap_or_else(|_| serde_json::Value::String(text.to_owned())))
}

fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "1" => Some(true),
        "false" | "False" | "0" => Some(false),
        _ => None,
    }
}

fn parse_decimal(text: &str) -> Option<arrow::datatypes::i256> {
    let scale = DECIMAL_SCALE;
    arrow::compute::kernels::cast_utils::parse_decimal::<Decimal256Type>(
        text,
        DECIMAL256_MAX_PRECISION,
        scale,
    )
    .ok()
}

/// `[-][d.]hh:mm:ss[.fffffff]` as ticks.
pub(crate) fn parse_timespan(text: &str) -> Option<i64> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut parts = text.splitn(3, ':');
    let (first, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let (days, hours) = first.split_once('.').unwrap_or(("0", first));
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let number = |text: &str| text.parse::<u32>().ok().map(i64::from);
    if fraction.len() > 7 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction = number(&format!("{fraction:0<7}"))?;
    let clock = number(hours)? * 3600 + number(minutes)? * 60 + number(seconds)?;
    let days = number(days)?.checked_mul(TICKS_PER_DAY)?;
    let ticks = days.checked_add(clock * TICKS_PER_SECOND)?.checked_add(fraction)?;
    Some(if negative { -ticks } else { ticks })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_text::Object;

    fn types(table: &Table) -> Vec<(&str, &str)> {
        table.columns.iter().map(|column| (column.name.as_str(), column.ty.name())).collect()
    }

    #[test]
    fn types_are_told_by_json_values() {
        let mut table = OwnTable::new("t");
        for line in [
            r#"{"b":true,"n":1,"r":1,"t":"2026-01-01T00:00:00Z","s":"x","d":{"a": 1},"m":1,"e":null}"#,
            r#"{"b":null,"n":2,"r":1.5,"t":"2026-01-02","s":"2026-01-01","d":[],"m":"x","late":5}"#,
        ] {
            let object = Object::parse(line).unwrap();
            assert!(table.push_json(object.members().iter().map(|(name, raw)| (name.as_ref(), *raw))));
        }
        let table = table.finish();
        let expected = [
            ("b", "bool"),
            ("n", "long"),
            ("r", "real"),
            ("t", "datetime"),
            ("s", "string"),
            ("d", "dynamic"),
            ("m", "dynamic"),
            ("late", "long"),
        ];
        assert_eq!(types(&table), expected);
        let value = |column: usize, row| {
            Value::from_array(table.columns[column].ty, table.batches[0].column(column), row)
        };
        assert_eq!(value(0, 1), Value::Null(Type::Bool));
        assert_eq!(value(6, 1), Value::Dynamic("x".into()));
        assert_eq!(value(7, 0), Value::Null(Type::Long));
    }

    #[test]
    fn types_are_told_by_texts() {
        let mut table = OwnTable::new("t");
        for row in [["007", "1", "True", "1/2/2026 10:00", ""], ["12", "2.5", "False", "1/3/2026 10:00", ""]]
        {
            table.push_text(["zero", "real", "flag", "time", "blank"].into_iter().zip(row));
        }
        let table = table.finish();
        let expected = [
            ("zero", "string"),
            ("real", "real"),
            ("flag", "bool"),
            ("time", "datetime"),
            ("blank", "string"),
        ];
        assert_eq!(types(&table), expected);
    }

    #[test]
    fn timespans() {
        assert_eq!(parse_timespan("1.02:03:04.5"), Some(TICKS_PER_DAY + 7384 * TICKS_PER_SECOND + 5_000_000));
        assert_eq!(parse_timespan("-00:00:01"), Some(-TICKS_PER_SECOND));
        assert_eq!(parse_timespan("x"), None);
    }
}
