//! Rows of all files come together here: an Id is kept once, deliveries are counted, rows are put in order of time.

use crate::builder::{Cell, TableBuilder, schema, split};
use crate::record::{DELIVERY_TABLE, delivery_columns};
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, UInt32Array};
use arrow::compute::{concat_batches, filter_record_batch, take_record_batch};
use arrow::datatypes::Int64Type;
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use calypso_library::{Column, Table};
use std::collections::HashMap;
use std::sync::Arc;

/// How one record reached us.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Delivery {
    /// When the file that holds it was written, ticks.
    pub(crate) written: Option<i64>,
    /// The record's own envelope time, ticks.
    pub(crate) envelope: Option<i64>,
    /// Which file, by its place in the list of files.
    pub(crate) file: u32,
}

/// What a side file tells of a record's deliveries.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Told {
    /// When it first arrived, ticks.
    pub(crate) arrival: Option<i64>,
    /// Its envelope time, ticks.
    pub(crate) envelope: Option<i64>,
    /// How many times it was delivered.
    pub(crate) copies: i64,
}

/// What side files tell, by Id.
pub(crate) type ToldDeliveries = HashMap<String, Told>;

/// What side files tell as rows of `delivery_columns` in order of Id, the file empty.
pub(crate) fn told_rows(told: ToldDeliveries) -> Option<RecordBatch> {
    let mut told: Vec<_> = told.into_iter().collect();
    told.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    let mut rows = TableBuilder::new(&delivery_columns(), &["Id"]);
    for (id, told) in &told {
        let (arrival, envelope) = (Cell::long(told.arrival), Cell::long(told.envelope));
        rows.append(&[Cell::Text(id), arrival, envelope, Cell::Absent, Cell::Long(told.copies)]);
    }
    (!told.is_empty()).then(|| rows.finish())
}

/// Days after the envelope time within which a file's time counts as the arrival.
const ARRIVAL_DAYS: i64 = 2;

/// Collects the rows of one log table.
pub(crate) struct Collector {
    name: &'static str,
    columns: Vec<Column>,
    builder: TableBuilder,
    chunks: Vec<RecordBatch>,
    /// `None` where the same Id may stand in several rows.
    seen: Option<SeenIds>,
    deliveries: Vec<(Delivery, i64)>,
    time: usize,
    id: usize,
}

impl Collector {
    pub(crate) fn new(name: &'static str, columns: Vec<Column>, unique: &[&str]) -> Collector {
        let place =
            |name: &str| columns.iter().position(|c| c.name == name).expect("log tables have time and Id");
        Collector {
            name,
            time: place("TimeGenerated"),
            id: place("Id"),
            builder: TableBuilder::new(&columns, unique),
            columns,
            chunks: Vec::new(),
            seen: Some(SeenIds::default()),
            deliveries: Vec::new(),
        }
    }

    /// Keeps every row, whatever its Id.
    pub(crate) fn keep_copies(&mut self) {
        self.seen = None;
    }

    /// Rows so far, those of drained batches not counted.
    pub(crate) fn rows(&self) -> usize {
        self.deliveries.len()
    }

    /// Bytes of text so far, about.
    pub(crate) fn bytes(&self) -> usize {
        self.builder.bytes() + self.chunks.iter().map(RecordBatch::get_array_memory_size).sum::<usize>()
    }

    /// Takes the rows out as they came, and the delivery of each of them.
    pub(crate) fn drain(
        &mut self,
        files: &[String],
    ) -> Result<(Vec<RecordBatch>, Vec<RecordBatch>), ArrowError> {
        self.flush();
        let chunks = split(std::mem::take(&mut self.chunks));
        let known = std::mem::take(&mut self.deliveries);
        let mut begin = 0;
        let mut deliveries = Vec::with_capacity(chunks.len());
        for chunk in &chunks {
            let end = begin + chunk.num_rows();
            let part = known.get(begin..end).unwrap_or_default();
            deliveries.push(delivery_rows(chunk, self.id, part, files, &HashMap::new())?);
            begin = end;
        }
        Ok((chunks, deliveries))
    }

    /// Adds a row; false when its Id has been seen, which is counted as one more copy.
    pub(crate) fn push(&mut self, id: &str, cells: &[Cell<'_>], delivery: Delivery) -> bool {
        if !self.deliver(id, delivery) {
            return false;
        }
        self.builder.append(cells);
        true
    }

    /// Adds the rows of a batch with this table's columns; gives how many were new.
    pub(crate) fn push_batch(&mut self, batch: RecordBatch, file: u32) -> Result<usize, ArrowError> {
        self.flush();
        let before = self.rows();
        let ids = batch.column(self.id).as_string_view();
        let delivery = Delivery { written: None, envelope: None, file };
        let keep: Vec<bool> = ids.iter().map(|id| self.deliver(id.unwrap_or_default(), delivery)).collect();
        let new = self.rows() - before;
        let kept = if new == batch.num_rows() {
            batch
        } else {
            filter_record_batch(&batch, &BooleanArray::from(keep))?
        };
        self.chunks.push(kept);
        Ok(new)
    }

    fn deliver(&mut self, id: &str, delivery: Delivery) -> bool {
        let place = u32::try_from(self.deliveries.len()).unwrap_or(u32::MAX);
        if let Some(first) = self.seen.as_mut().and_then(|seen| seen.first_place(id, place)) {
            if let Some((known, copies)) = self.deliveries.get_mut(first as usize) {
                *copies += 1;
                if delivery.envelope.is_some()
                    && (known.envelope.is_none() || delivery.envelope < known.envelope)
                {
                    *known = delivery;
                }
            }
            return false;
        }
        self.deliveries.push((delivery, 1));
        true
    }

    fn flush(&mut self) {
        if self.builder.rows() > 0 {
            self.chunks.push(self.builder.finish());
        }
    }

    /// The table in order of time, then Id, and the delivery of each of its rows.
    pub(crate) fn finish(
        mut self,
        files: &[String],
        told: &ToldDeliveries,
    ) -> Result<(Table, Table), ArrowError> {
        self.flush();
        let mut chunks = std::mem::take(&mut self.chunks);
        // Rows that come in order, as from our own files, are not moved.
        let mut order = None;
        if !in_order(&chunks, self.time, self.id) {
            chunks = vec![concat_batches(&schema(&self.columns), &chunks)?];
            order = chunks.first().map(|rows| time_order(rows, self.time, self.id));
        }
        let (mut rows, mut deliveries) = (Vec::new(), Vec::new());
        let mut begin = 0;
        for chunk in chunks {
            let end = begin + chunk.num_rows();
            let part = self.deliveries.get(begin..end).unwrap_or_default();
            let delivery = delivery_rows(&chunk, self.id, part, files, told)?;
            begin = end;
            match &order {
                None => {
                    rows.push(chunk);
                    deliveries.push(delivery);
                }
                Some(order) => {
                    rows.push(take_record_batch(&chunk, order)?);
                    deliveries.push(take_record_batch(&delivery, order)?);
                }
            }
        }
        let table = Table { name: self.name.to_owned(), columns: self.columns, batches: split(rows) };
        let delivery = Table {
            name: DELIVERY_TABLE.to_owned(),
            columns: delivery_columns(),
            batches: split(deliveries),
        };
        Ok((table, delivery))
    }
}

/// What a row is sorted by: its time, a missing one first, then its Id.
fn sort_key(rows: &RecordBatch, time: usize, id: usize, row: usize) -> (Option<i64>, &str) {
    let times = rows.column(time).as_primitive::<Int64Type>();
    (times.is_valid(row).then(|| times.value(row)), rows.column(id).as_string_view().value(row))
}

/// Whether all rows are sorted, within and across the chunks.
fn in_order(chunks: &[RecordBatch], time: usize, id: usize) -> bool {
    chunks
        .iter()
        .flat_map(|chunk| (0..chunk.num_rows()).map(move |row| sort_key(chunk, time, id, row)))
        .is_sorted()
}

/// The order that sorts rows by time and Id.
fn time_order(rows: &RecordBatch, time: usize, id: usize) -> UInt32Array {
    let mut order: Vec<u32> = (0..u32::try_from(rows.num_rows()).unwrap_or(u32::MAX)).collect();
    order.sort_by_cached_key(|row| sort_key(rows, time, id, *row as usize));
    order.into()
}

/// One delivery row for each row, in the same order.
pub(crate) fn delivery_rows(
    rows: &RecordBatch,
    id: usize,
    deliveries: &[(Delivery, i64)],
    files: &[String],
    told: &ToldDeliveries,
) -> Result<RecordBatch, ArrowError> {
    let ids = rows.column(id);
    let texts = ids.as_string_view();
    let each = || deliveries.iter().map(|(delivery, _)| delivery);
    let nothing = Told::default();
    let side: Vec<&Told> = match told.is_empty() {
        true => vec![&nothing; rows.num_rows()],
        false => (0..rows.num_rows()).map(|row| told.get(texts.value(row)).unwrap_or(&nothing)).collect(),
    };
    let arrivals = each().zip(&side).map(|(known, told)| told.arrival.or_else(|| written_soon_after(known)));
    let envelopes = each().zip(&side).map(|(known, told)| known.envelope.or(told.envelope));
    let copies = deliveries.iter().zip(&side).map(|((_, copies), told)| told.copies.max(*copies));
    let mut file_names = TableBuilder::new(&[Column::new("File", calypso_library::Type::String)], &[]);
    for delivery in each() {
        file_names.append(&[Cell::Text(files.get(delivery.file as usize).map_or("", String::as_str))]);
    }
    let arrays: Vec<ArrayRef> = vec![
        ids.clone(),
        Arc::new(arrivals.collect::<Int64Array>()),
        Arc::new(envelopes.collect::<Int64Array>()),
        file_names.finish().column(0).clone(),
        Arc::new(copies.collect::<Int64Array>()),
    ];
    RecordBatch::try_new(schema(&delivery_columns()), arrays)
}

/// The file's own time when it lies within two days after the envelope time: else the file was copied later.
fn written_soon_after(delivery: &Delivery) -> Option<i64> {
    let (written, envelope) = (delivery.written?, delivery.envelope?);
    let latest = envelope.checked_add(ARRIVAL_DAYS * crate::times::TICKS_PER_DAY)?;
    (envelope..=latest).contains(&written).then_some(written)
}

/// Where each Id was first seen. GUIDs are kept as numbers: no allocation for the ordinary case.
#[derive(Default)]
struct SeenIds {
    guids: HashMap<u128, u32>,
    texts: HashMap<Box<str>, u32>,
}

impl SeenIds {
    /// The place where the Id was first seen; a new one is noted at `place`. The empty Id is always new.
    fn first_place(&mut self, id: &str, place: u32) -> Option<u32> {
        if id.is_empty() {
            return None;
        }
        if let Some(guid) = guid_number(id) {
            return match self.guids.entry(guid) {
                std::collections::hash_map::Entry::Occupied(entry) => Some(*entry.get()),
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(place);
                    None
                }
            };
        }
        if let Some(first) = self.texts.get(id) {
            return Some(*first);
        }
        self.texts.insert(id.into(), place);
        None
    }
}

/// The 128 bits of a canonical lower-case GUID; other spellings stay text, so that no two texts meet.
pub fn guid_number(text: &str) -> Option<u128> {
    let bytes = text.as_bytes();
    if bytes.len() != 36 {
        return None;
    }
    let mut number = 0u128;
    for (index, byte) in bytes.iter().enumerate() {
        match (index, byte) {
            (8 | 13 | 18 | 23, b'-') => continue,
            (8 | 13 | 18 | 23, _) => return None,
            (_, b'0'..=b'9') => number = number << 4 | u128::from(byte - b'0'),
            (_, b'a'..=b'f') => number = number << 4 | u128::from(byte - b'a' + 10),
            _ => return None,
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{PROVISIONING_TABLE, ProvisioningRecord, provisioning_columns};
    use crate::times::TICKS_PER_DAY;

    fn row(id: &str, time: i64) -> ProvisioningRecord<'_> {
        ProvisioningRecord { id: id.into(), time_generated: Some(time), ..ProvisioningRecord::new() }
    }

    #[test]
    fn ids_are_kept_once_and_rows_are_sorted() {
        let mut collector = Collector::new(PROVISIONING_TABLE, provisioning_columns(), &[]);
        let day = 740_000 * TICKS_PER_DAY;
        let at = |envelope, file| Delivery { written: Some(day + 5), envelope: Some(envelope), file };
        assert!(collector.push("b", &row("b", 2).cells(), at(day + 4, 0)));
        assert!(collector.push("a", &row("a", 2).cells(), at(day, 1)));
        assert!(!collector.push("b", &row("b", 2).cells(), at(day + 3, 1)));
        assert!(collector.push("", &row("", 1).cells(), at(day + 9, 0)));
        assert!(collector.push("", &row("", 3).cells(), at(day - 9 * TICKS_PER_DAY, 0)));
        let guid = "38a2171b-8b04-4b21-8133-ca8ae5220001";
        assert!(collector.push(guid, &row(guid, 4).cells(), at(0, 0)));
        assert!(!collector.push(guid, &row(guid, 4).cells(), at(1, 0)));
        let (table, delivery) = collector.finish(&["x".into(), "y".into()], &HashMap::new()).unwrap();
        let ids = table.batches[0].column(14).as_string_view();
        assert_eq!(ids.iter().flatten().collect::<Vec<_>>(), ["", "a", "b", "", guid]);
        let batch = &delivery.batches[0];
        let arrivals: Vec<_> = batch.column(1).as_primitive::<Int64Type>().iter().collect();
        assert_eq!(arrivals, [None, Some(day + 5), Some(day + 5), None, None]);
        let files: Vec<_> = batch.column(3).as_string_view().iter().flatten().collect();
        assert_eq!(files, ["x", "y", "y", "x", "x"]);
        let copies: Vec<_> = batch.column(4).as_primitive::<Int64Type>().values().to_vec();
        assert_eq!(copies, [1, 1, 2, 1, 2]);
    }
}
