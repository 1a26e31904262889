//! How tables lie in the store: names, columns as files hold them, days.
//!
//! A datetime `X` is `X` (Timestamp in microseconds, UTC) and `X_tick` (Int8, its seventh digit). Strings are never null
//! in a file; JSON of dynamic columns may be. The column `Day` stands in the folders' names only: the date of
//! TimeGenerated, null for rows without one; of a delivery, that of the row it belongs to. Behind the columns of events
//! stand members of their JSON texts (`calypso_library::stored::MEMBERS`).

use arrow::array::{
    Array, ArrayRef, AsArray, Int8Array, Int64Array, StringViewArray, TimestampMicrosecondArray,
};
use arrow::compute::cast;
use arrow::datatypes::{
    DataType, Field, Int8Type, Int64Type, Schema, SchemaRef, TimeUnit, TimestampMicrosecondType,
};
use arrow::record_batch::RecordBatch;
use calypso_library::stored::{MEMBERS, Member, TICK_SUFFIX};
use calypso_library::{Column, Type};
use calypso_logs::record::{AUDIT_TABLE, DELIVERY_TABLE, PROVISIONING_TABLE};
use calypso_logs::times::{TICKS_PER_DAY, UNIX_EPOCH_TICKS};
use chrono::{Days, NaiveDate};
use deltalake_core::kernel::{DataType as DeltaType, PrimitiveType, StructField};
use std::sync::Arc;

use crate::error::StoreError;

/// The partition column.
pub(crate) const DAY: &str = "Day";
/// The folder of rows without a day, as Hive names it.
const NO_DAY: &str = "__HIVE_DEFAULT_PARTITION__";

/// A table of the store.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LogTable {
    /// `AADProvisioningLogs`.
    Provisioning,
    /// `AuditLogs`.
    Audit,
    /// `ProvisioningDelivery`.
    Delivery,
}

impl LogTable {
    /// All of them.
    pub const ALL: [LogTable; 3] = [LogTable::Provisioning, LogTable::Audit, LogTable::Delivery];

    /// Its name, which is also its folder's.
    pub fn name(self) -> &'static str {
        match self {
            LogTable::Provisioning => PROVISIONING_TABLE,
            LogTable::Audit => AUDIT_TABLE,
            LogTable::Delivery => DELIVERY_TABLE,
        }
    }

    /// The table of that name.
    pub fn from_name(name: &str) -> Option<LogTable> {
        LogTable::ALL.into_iter().find(|table| table.name() == name)
    }

    /// Its columns as queries see them.
    pub fn columns(self) -> Vec<Column> {
        match self {
            LogTable::Provisioning => calypso_logs::provisioning_columns(),
            LogTable::Audit => calypso_logs::audit_columns(),
            LogTable::Delivery => calypso_logs::delivery_columns(),
        }
    }

    /// The place of a column.
    pub(crate) fn place(self, name: &str) -> Option<usize> {
        self.columns().iter().position(|column| column.name == name)
    }

    /// The column that its rows are in order of, within a file.
    pub(crate) fn order(self) -> &'static str {
        match self {
            LogTable::Provisioning | LogTable::Audit => "TimeGenerated",
            LogTable::Delivery => "EnvelopeTime",
        }
    }

    /// Columns whose values hardly repeat: a dictionary would only cost.
    pub(crate) fn unique_columns(self) -> &'static [&'static str] {
        match self {
            LogTable::Provisioning => {
                &["Id", "ChangeId", "CorrelationId", "ModifiedProperties", "ProvisioningSteps"]
            }
            LogTable::Audit => &["Id", "CorrelationId", "AdditionalDetails", "TargetResources"],
            LogTable::Delivery => &["Id"],
        }
    }

    /// Columns that are asked for by their whole value.
    pub(crate) fn filtered_columns(self) -> &'static [&'static str] {
        match self {
            LogTable::Provisioning => &["Id", "ChangeId", "JobId"],
            LogTable::Audit | LogTable::Delivery => &["Id"],
        }
    }

    /// The columns of its files.
    pub(crate) fn file_schema(self) -> SchemaRef {
        let mut fields = Vec::new();
        for Column { name, ty, .. } in self.columns() {
            match ty {
                Type::DateTime => {
                    fields.push(Field::new(&name, microseconds(), true));
                    fields.push(Field::new(name + TICK_SUFFIX, DataType::Int8, true));
                }
                Type::String => fields.push(Field::new(name, DataType::Utf8View, false)),
                other => fields.push(Field::new(name, other.arrow(), true)),
            }
        }
        let members = self.members();
        fields.extend(members.map(|member| Field::new(member.file_column(), DataType::Utf8View, true)));
        Arc::new(Schema::new(fields))
    }

    /// Members of its JSON texts that are columns of their own in its files.
    fn members(self) -> impl Iterator<Item = &'static Member> {
        MEMBERS.iter().filter(move |_| self == LogTable::Provisioning)
    }

    /// The columns of the Delta table.
    pub(crate) fn delta_columns(self) -> Vec<StructField> {
        let ty = |ty: &DataType| match ty {
            DataType::Timestamp(_, _) => PrimitiveType::Timestamp,
            DataType::Int8 => PrimitiveType::Byte,
            DataType::Int64 => PrimitiveType::Long,
            _ => PrimitiveType::String,
        };
        let schema = self.file_schema();
        let field = |field: &Arc<Field>| {
            StructField::new(field.name(), DeltaType::Primitive(ty(field.data_type())), field.is_nullable())
        };
        let mut columns: Vec<StructField> = schema.fields().iter().map(field).collect();
        columns.push(StructField::new(DAY, DeltaType::Primitive(PrimitiveType::Date), true));
        columns
    }

    /// Rows as queries hold them, as files hold them.
    pub(crate) fn to_file(self, batch: &RecordBatch) -> Result<RecordBatch, StoreError> {
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for (column, array) in self.columns().iter().zip(batch.columns()) {
            if column.ty != Type::DateTime {
                arrays.push(array.clone());
                continue;
            }
            let ticks = array.as_primitive::<Int64Type>();
            let micros: TimestampMicrosecondArray = ticks.unary::<_, TimestampMicrosecondType>(micros_of);
            let digit = |ticks: i64| ticks.wrapping_sub(UNIX_EPOCH_TICKS).rem_euclid(10) as i8;
            let digits: Int8Array = ticks.unary::<_, Int8Type>(digit);
            arrays.push(Arc::new(micros.with_timezone("UTC")));
            arrays.push(Arc::new(digits));
        }
        let members: Vec<Member> = self.members().copied().collect();
        for members in members.chunk_by(|a, b| a.column == b.column) {
            let column = members.first().map_or("", |member| member.column);
            let texts = self.place(column).map(|place| batch.column(place));
            let texts = texts.ok_or_else(|| StoreError(format!("there is no column {column}")))?;
            arrays.extend(calypso_library::stored::values(members, texts));
        }
        Ok(RecordBatch::try_new(self.file_schema(), arrays)?)
    }

    /// Rows of a file as queries hold them.
    pub(crate) fn read_back(self, batch: &RecordBatch) -> Result<RecordBatch, StoreError> {
        let missing = |name: &str| StoreError(format!("a file of {} has no column {name}", self.name()));
        let named = |name: &str| batch.column_by_name(name).ok_or_else(|| missing(name));
        let mut arrays: Vec<ArrayRef> = Vec::new();
        for Column { name, ty, .. } in self.columns() {
            let array = named(&name)?;
            if ty != Type::DateTime {
                arrays.push(no_nulls(ty, cast(array, &ty.arrow())?));
                continue;
            }
            arrays.push(Arc::new(time_ticks(batch, &name)?));
        }
        Ok(RecordBatch::try_new(calypso_logs::builder::schema(&self.columns()), arrays)?)
    }
}

/// Ticks of a datetime column of a file.
pub(crate) fn time_ticks(batch: &RecordBatch, name: &str) -> Result<Int64Array, StoreError> {
    let named = |name: &str| {
        let array = batch.column_by_name(name);
        array.ok_or_else(|| StoreError(format!("a file of the store has no column {name}")))
    };
    let micros = cast(named(name)?, &DataType::Int64)?;
    let digits = cast(named(&format!("{name}{TICK_SUFFIX}"))?, &DataType::Int64)?;
    let digits = digits.as_primitive::<Int64Type>();
    let ticks = micros.as_primitive::<Int64Type>().iter().enumerate().map(|(row, micros)| {
        let digit = if digits.is_valid(row) { digits.value(row) } else { 0 };
        micros?.checked_mul(10)?.checked_add(digit)?.checked_add(UNIX_EPOCH_TICKS)
    });
    Ok(ticks.collect())
}

fn no_nulls(ty: Type, array: ArrayRef) -> ArrayRef {
    if ty != Type::String || array.null_count() == 0 {
        return array;
    }
    let texts = array.as_string_view().iter().map(|text| Some(text.unwrap_or_default()));
    Arc::new(texts.collect::<StringViewArray>())
}

fn microseconds() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

/// A day, counted from 1970-01-01; `None` for rows without one.
pub(crate) type Day = Option<i32>;

/// The day of an instant in ticks; none outside the years 1 to 9999.
pub(crate) fn day_of(ticks: Option<i64>) -> Day {
    let days = (ticks?.checked_sub(UNIX_EPOCH_TICKS)?).div_euclid(TICKS_PER_DAY);
    let day = i32::try_from(days).ok()?;
    (-719_162..=2_932_896).contains(&day).then_some(day)
}

/// A day as Delta writes it.
pub(crate) fn day_text(day: i32) -> String {
    let epoch = NaiveDate::default();
    let shift = Days::new(u64::from(day.unsigned_abs()));
    let date = if day < 0 { epoch.checked_sub_days(shift) } else { epoch.checked_add_days(shift) };
    date.unwrap_or(epoch).format("%Y-%m-%d").to_string()
}

/// A day as Delta writes it, read.
pub(crate) fn day_from_text(text: &str) -> Day {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    i32::try_from(date.signed_duration_since(NaiveDate::default()).num_days()).ok()
}

/// The folder of a day's files, within the table's.
pub(crate) fn day_folder(day: Day) -> String {
    format!("{DAY}={}", day.map_or_else(|| NO_DAY.to_owned(), day_text))
}

/// Microseconds since 1970 of an instant in ticks.
pub(crate) fn micros_of(ticks: i64) -> i64 {
    ticks.wrapping_sub(UNIX_EPOCH_TICKS).div_euclid(10)
}

/// Ticks of an instant in microseconds since 1970; the greatest or least there are, where it fits none.
pub(crate) fn ticks_of(micros: i64) -> i64 {
    micros.saturating_mul(10).saturating_add(UNIX_EPOCH_TICKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_names() {
        for (ticks, name) in [
            (0, "Day=0001-01-01"),
            (UNIX_EPOCH_TICKS - 1, "Day=1969-12-31"),
            (UNIX_EPOCH_TICKS, "Day=1970-01-01"),
            (3_155_378_975_999_999_999, "Day=9999-12-31"),
            (3_155_378_976_000_000_000, "Day=__HIVE_DEFAULT_PARTITION__"),
            (-1, "Day=__HIVE_DEFAULT_PARTITION__"),
        ] {
            let day = day_of(Some(ticks));
            assert_eq!(day_folder(day), name);
            assert_eq!(day.and_then(|day| day_from_text(&day_text(day))), day);
        }
        assert_eq!(day_of(None), None);
    }

    #[test]
    fn seven_digits_go_into_files_and_back() {
        let table = LogTable::Delivery;
        let times =
            [Some(0), None, Some(3_155_378_975_999_999_999), Some(UNIX_EPOCH_TICKS - 1), Some(i64::MAX)];
        let texts = |text: &str| Arc::new(StringViewArray::from(vec![text; 5])) as ArrayRef;
        let longs = Arc::new(Int64Array::from(vec![1; 5])) as ArrayRef;
        let times = Arc::new(Int64Array::from(times.to_vec())) as ArrayRef;
        let arrays = vec![texts("a"), times.clone(), times, texts(""), longs];
        let batch = RecordBatch::try_new(calypso_logs::builder::schema(&table.columns()), arrays).unwrap();
        let file = table.to_file(&batch).unwrap();
        assert_eq!(file.schema(), table.file_schema());
        assert_eq!(table.read_back(&file).unwrap(), batch);
    }
}
