//! Arrow columns of any type as the engine holds them, and engine columns as a log table wants them.
//!
//! The KQL type of a column is told by its field's metadata (`kql.type`), when a file was written by us, else by its
//! Arrow type. Times become ticks, text becomes views without nulls, nested values become JSON text.

use crate::times::{DateOrder, TICKS_PER_DAY, UNIX_EPOCH_TICKS, parse_time};
use arrow::array::{
    Array, ArrayRef, AsArray, FixedSizeBinaryArray, Int64Array, PrimitiveArray, StringViewArray,
    StringViewBuilder, new_null_array,
};
use arrow::compute::cast;
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Date64Type, DurationMicrosecondType, DurationMillisecondType,
    DurationNanosecondType, DurationSecondType, Field, Int64Type, Schema, TimeUnit, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow::record_batch::RecordBatch;
use calypso_library::{Column, Json, Type, Value};
use std::sync::Arc;

/// The key under which a field says its KQL type.
pub const KQL_TYPE: &str = "kql.type";

/// The type and the array of a column as the engine holds it. What has no KQL type is text or JSON.
pub(crate) fn engine_column(field: &Field, array: &ArrayRef) -> (Type, ArrayRef) {
    let told = field.metadata().get(KQL_TYPE).and_then(|name| Type::from_name(name));
    let (ty, array) = by_arrow_type(array);
    match told {
        Some(told) if told != ty && told.arrow() == ty.arrow() => (told, null_free(told, array)),
        _ => (ty, null_free(ty, array)),
    }
}

/// Text has no nulls in a string column.
fn null_free(ty: Type, array: ArrayRef) -> ArrayRef {
    if ty != Type::String || array.null_count() == 0 {
        return array;
    }
    let mut builder = StringViewBuilder::new().with_deduplicate_strings();
    array.as_string_view().iter().for_each(|text| builder.append_value(text.unwrap_or_default()));
    Arc::new(builder.finish())
}

fn by_arrow_type(array: &ArrayRef) -> (Type, ArrayRef) {
    let as_type = |ty: Type| {
        (ty, cast(array, &ty.arrow()).unwrap_or_else(|_| new_null_array(&ty.arrow(), array.len())))
    };
    match array.data_type() {
        DataType::Boolean => (Type::Bool, array.clone()),
        DataType::Int32 => (Type::Int, array.clone()),
        DataType::Int64 => (Type::Long, array.clone()),
        DataType::Float64 => (Type::Real, array.clone()),
        DataType::Utf8View => (Type::String, array.clone()),
        DataType::Int8 | DataType::Int16 | DataType::UInt8 | DataType::UInt16 => as_type(Type::Int),
        DataType::UInt32 | DataType::UInt64 => as_type(Type::Long),
        DataType::Float16 | DataType::Float32 => as_type(Type::Real),
        DataType::Decimal32(_, _) | DataType::Decimal64(_, _) => as_type(Type::Decimal),
        DataType::Decimal128(_, _) | DataType::Decimal256(_, _) => as_type(Type::Decimal),
        DataType::Utf8 | DataType::LargeUtf8 => as_type(Type::String),
        DataType::Null => (Type::String, new_null_array(&DataType::Utf8View, array.len())),
        DataType::Dictionary(_, value) => {
            let plain = cast(array, value).unwrap_or_else(|_| new_null_array(value, array.len()));
            by_arrow_type(&plain)
        }
        DataType::Timestamp(_, _) | DataType::Date32 | DataType::Date64 => {
            (Type::DateTime, time_ticks(array))
        }
        DataType::Duration(_) | DataType::Time32(_) | DataType::Time64(_) => {
            (Type::TimeSpan, span_ticks(array))
        }
        DataType::FixedSizeBinary(16) => (Type::Guid, guid_text(array)),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            as_type(Type::String)
        }
        _ => (Type::Dynamic, json_text(array)),
    }
}

fn scaled<T: ArrowPrimitiveType<Native = i64>>(
    array: &ArrayRef,
    divide: i64,
    multiply: i64,
    add: i64,
) -> ArrayRef {
    let source: &PrimitiveArray<T> = array.as_primitive();
    let scaled: Int64Array =
        source.unary_opt(|value| value.div_euclid(divide).checked_mul(multiply)?.checked_add(add));
    Arc::new(scaled)
}

fn time_ticks(array: &ArrayRef) -> ArrayRef {
    let epoch = UNIX_EPOCH_TICKS;
    match array.data_type() {
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            scaled::<TimestampNanosecondType>(array, 100, 1, epoch)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            scaled::<TimestampMicrosecondType>(array, 1, 10, epoch)
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            scaled::<TimestampMillisecondType>(array, 1, 10_000, epoch)
        }
        DataType::Timestamp(TimeUnit::Second, _) => {
            scaled::<TimestampSecondType>(array, 1, 10_000_000, epoch)
        }
        DataType::Date64 => scaled::<Date64Type>(array, 1, 10_000, epoch),
        DataType::Date32 => {
            let days = array.as_primitive::<Date32Type>();
            Arc::new(days.unary::<_, Int64Type>(|day| i64::from(day) * TICKS_PER_DAY + epoch))
        }
        _ => new_null_array(&DataType::Int64, array.len()),
    }
}

fn span_ticks(array: &ArrayRef) -> ArrayRef {
    match array.data_type() {
        DataType::Duration(TimeUnit::Nanosecond) => scaled::<DurationNanosecondType>(array, 100, 1, 0),
        DataType::Duration(TimeUnit::Microsecond) => scaled::<DurationMicrosecondType>(array, 1, 10, 0),
        DataType::Duration(TimeUnit::Millisecond) => scaled::<DurationMillisecondType>(array, 1, 10_000, 0),
        DataType::Duration(TimeUnit::Second) => scaled::<DurationSecondType>(array, 1, 10_000_000, 0),
        // A time of day is a span since midnight.
        DataType::Time32(_) | DataType::Time64(_) => {
            let nanos = cast(array, &DataType::Time64(TimeUnit::Nanosecond));
            let nanos = nanos.and_then(|nanos| cast(&nanos, &DataType::Int64));
            match nanos {
                Ok(nanos) => scaled::<Int64Type>(&nanos, 100, 1, 0),
                Err(_) => new_null_array(&DataType::Int64, array.len()),
            }
        }
        _ => new_null_array(&DataType::Int64, array.len()),
    }
}

fn guid_text(array: &ArrayRef) -> ArrayRef {
    let bytes: &FixedSizeBinaryArray = array.as_fixed_size_binary();
    let text = |bytes: &[u8]| {
        let mut text = String::with_capacity(36);
        for (index, byte) in bytes.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            text.push_str(&format!("{byte:02x}"));
        }
        text
    };
    Arc::new(bytes.iter().map(|bytes| bytes.map(text)).collect::<StringViewArray>())
}

/// Nested values as JSON text.
fn json_text(array: &ArrayRef) -> ArrayRef {
    let text = |row| if array.is_null(row) { None } else { Some(json_value(array, row, 0).to_string()) };
    Arc::new((0..array.len()).map(text).collect::<StringViewArray>())
}

/// Levels of nesting kept; deeper values are null, as JSON readers refuse them too.
const MAX_DEPTH: usize = 64;

fn json_value(array: &ArrayRef, row: usize, depth: usize) -> Json {
    if array.is_null(row) || depth > MAX_DEPTH {
        return Json::Null;
    }
    let list = |values: ArrayRef| (0..values.len()).map(|row| json_value(&values, row, depth + 1)).collect();
    match array.data_type() {
        DataType::Struct(fields) => {
            let columns = array.as_struct().columns();
            let member = |(field, column): (&Arc<Field>, &ArrayRef)| {
                (field.name().clone(), json_value(column, row, depth + 1))
            };
            Json::Object(fields.iter().zip(columns).map(member).collect())
        }
        DataType::List(_) => Json::Array(list(array.as_list::<i32>().value(row))),
        DataType::LargeList(_) => Json::Array(list(array.as_list::<i64>().value(row))),
        DataType::FixedSizeList(_, _) => Json::Array(list(array.as_fixed_size_list().value(row))),
        DataType::Map(_, _) => {
            let entries = array.as_map().value(row);
            let (keys, values) = (entries.column(0), entries.column(1));
            let key = |row| match json_value(keys, row, depth + 1) {
                Json::String(text) => text,
                other => other.to_string(),
            };
            Json::Object(
                (0..entries.len()).map(|row| (key(row), json_value(values, row, depth + 1))).collect(),
            )
        }
        DataType::ListView(_)
        | DataType::LargeListView(_)
        | DataType::Union(_, _)
        | DataType::RunEndEncoded(_, _) => Json::Null,
        _ => {
            let (ty, column) = by_arrow_type(&array.slice(row, 1));
            scalar_json(Value::from_array(ty, &column, 0))
        }
    }
}

fn scalar_json(value: Value) -> Json {
    match value {
        Value::Null(_) => Json::Null,
        Value::Bool(value) => value.into(),
        Value::Int(value) => value.into(),
        Value::Long(value) | Value::TimeSpan(value) => value.into(),
        Value::Real(value) => value.into(),
        Value::Decimal(value) => value.to_string().into(),
        Value::String(value) | Value::Guid(value) => value.into(),
        Value::DateTime(ticks) => crate::times::format_time(ticks).into(),
        Value::Dynamic(json) => json,
    }
}

/// The columns' names; a repeated one gets a number.
pub(crate) fn distinct_names(schema: &Schema) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for field in schema.fields() {
        let mut name = field.name().clone();
        let mut number = 1;
        while names.contains(&name) {
            name = format!("{}{number}", field.name());
            number += 1;
        }
        names.push(name);
    }
    names
}

/// A batch with the columns that a log table wants, when each can be had without looking at rows.
pub(crate) fn conform(columns: &[Column], batch: &RecordBatch, wanted: &[Column]) -> Option<RecordBatch> {
    let mut arrays = Vec::with_capacity(wanted.len());
    for want in wanted {
        let place = columns.iter().position(|column| column.name == want.name)?;
        arrays.push(retyped(columns[place].ty, batch.column(place), want.ty)?);
    }
    RecordBatch::try_new(crate::builder::schema(wanted), arrays).ok()
}

fn retyped(from: Type, array: &ArrayRef, to: Type) -> Option<ArrayRef> {
    Some(match (from, to) {
        (from, to) if from == to => array.clone(),
        (Type::Dynamic | Type::Guid, Type::String) => null_free(Type::String, array.clone()),
        (Type::String, Type::Dynamic) => {
            let texts = array.as_string_view().iter();
            Arc::new(texts.map(|text| text.filter(|text| !text.is_empty())).collect::<StringViewArray>())
        }
        (Type::Int, Type::Long) => cast(array, &DataType::Int64).ok()?,
        (Type::String, Type::DateTime) => {
            let ticks = array.as_string_view().iter().map(|text| parse_time(text?, DateOrder::MonthFirst));
            Arc::new(ticks.collect::<Int64Array>())
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{Int32Array, ListArray, StringArray, StructArray, TimestampMicrosecondArray};

    fn read(array: ArrayRef) -> Vec<Value> {
        let field = Field::new("f", array.data_type().clone(), true);
        let (ty, column) = engine_column(&field, &array);
        assert_eq!(column.data_type(), &ty.arrow());
        (0..column.len()).map(|row| Value::from_array(ty, &column, row)).collect()
    }

    #[test]
    fn arrow_types_become_the_engines() {
        let times = TimestampMicrosecondArray::from(vec![Some(-1), None]).with_timezone("UTC");
        assert_eq!(
            read(Arc::new(times)),
            [Value::DateTime(UNIX_EPOCH_TICKS - 10), Value::Null(Type::DateTime)]
        );
        let texts = StringArray::from(vec![Some("a"), None]);
        assert_eq!(read(Arc::new(texts)), [Value::String("a".into()), Value::String(String::new())]);
        let lists =
            ListArray::from_iter_primitive::<arrow::datatypes::Int32Type, _, _>([Some(vec![Some(1), None])]);
        assert_eq!(read(Arc::new(lists)), [Value::Dynamic(serde_json::json!([1, null]))]);
        let field = Arc::new(Field::new("a", DataType::Int32, true));
        let bags = StructArray::from(vec![(field, Arc::new(Int32Array::from(vec![7])) as ArrayRef)]);
        assert_eq!(read(Arc::new(bags)), [Value::Dynamic(serde_json::json!({"a": 7}))]);
    }
}
