//! Steps that tell rows apart by keys: the first row per key, and each row's number within its key.

use super::rows::{Setting, Step};
use arrow::array::{ArrayRef, BooleanArray, Int64Array};
use arrow::compute::filter_record_batch;
use arrow::record_batch::RecordBatch;
use arrow::row::{OwnedRow, RowConverter, SortField};
use datafusion::error::Result;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Bytes that each key takes from the heap beside its own.
const OVERHEAD: usize = 16;
/// Bytes of a place for a key; one in eight stays empty.
const PLACE: usize = (size_of::<(OwnedRow, i64)>() + 1) * 8 / 7;

/// Numbers the distinct keys.
struct Keys {
    setting: Setting,
    converter: RowConverter,
    /// How many rows each key has had.
    seen: FxHashMap<OwnedRow, i64>,
}

impl Keys {
    fn new(setting: Setting) -> Result<Keys> {
        let types = setting.expressions.iter().map(|expr| expr.data_type(&setting.input));
        let fields = types.map(|ty| ty.map(SortField::new)).collect::<Result<Vec<_>>>()?;
        Ok(Keys { converter: RowConverter::new(fields)?, setting, seen: FxHashMap::default() })
    }

    /// The number of each row, from 1, within its key.
    fn numbers(&mut self, batch: &RecordBatch) -> Result<Vec<i64>> {
        let rows = batch.num_rows();
        let arrays = self.setting.expressions.iter().map(|expr| expr.evaluate(batch)?.into_array(rows));
        let arrays = arrays.collect::<Result<Vec<_>>>()?;
        let keys = self.converter.convert_columns(&arrays)?;
        let places = self.seen.capacity();
        let mut texts = 0;
        let numbers = keys.iter().map(|key| {
            let bytes = key.data().len();
            let count = self.seen.entry(key.owned()).or_insert_with(|| {
                texts += bytes + OVERHEAD;
                0
            });
            *count += 1;
            *count
        });
        let numbers = numbers.collect();
        // A grown table is a new one beside the old one, for a while; that while is over here.
        self.setting.kept.grow(texts + (self.seen.capacity() - places) * PLACE)?;
        Ok(numbers)
    }
}

/// The first row of each key.
pub(super) struct FirstPerKey(Keys);

impl FirstPerKey {
    /// The setting's expressions are the keys, at least one.
    pub fn new(setting: Setting) -> Result<FirstPerKey> {
        Ok(FirstPerKey(Keys::new(setting)?))
    }
}

impl Step for FirstPerKey {
    fn push(&mut self, batch: RecordBatch) -> Result<Vec<RecordBatch>> {
        let numbers = self.0.numbers(&batch)?;
        let firsts = numbers.into_iter().map(|number| Some(number == 1)).collect::<BooleanArray>();
        Ok(vec![filter_record_batch(&batch, &firsts)?])
    }
}

/// The number of each row within its key.
pub(super) struct Number {
    keys: Keys,
    /// Rows so far, when there are no keys.
    rows: i64,
}

impl Number {
    /// The setting's expressions are the keys.
    pub fn new(setting: Setting) -> Result<Number> {
        Ok(Number { keys: Keys::new(setting)?, rows: 0 })
    }
}

impl Step for Number {
    fn push(&mut self, batch: RecordBatch) -> Result<Vec<RecordBatch>> {
        let count = batch.num_rows() as i64;
        let numbers = if self.keys.setting.expressions.is_empty() {
            self.rows += count;
            (self.rows - count + 1..=self.rows).collect()
        } else {
            self.keys.numbers(&batch)?
        };
        let mut columns = batch.columns().to_vec();
        columns.push(Arc::new(Int64Array::from(numbers)) as ArrayRef);
        Ok(vec![RecordBatch::try_new(Arc::clone(&self.keys.setting.schema), columns)?])
    }
}
