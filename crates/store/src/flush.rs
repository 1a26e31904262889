//! Rows gathered in memory go into the tables: those of known events are dropped, the others become files, one for each
//! day, and one write names them all, with the bytes of the blobs that they came from.

use crate::delivery::{Changes, Delivery, Rows, rows_of};
use crate::delta::Delta;
use crate::error::StoreError;
use crate::ids::{IdSet, look_up};
use crate::layout::{Day, LogTable};
use crate::ledger::{SEQUENCE, transactions};
use crate::pending::{self, TableWrite};
use crate::rows;
use crate::write::{DayRows, read_file, write_days};
use arrow::array::{AsArray, BooleanArray, StringViewBuilder};
use arrow::compute::filter_record_batch;
use arrow::record_batch::RecordBatch;
use deltalake_core::kernel::{Action, Transaction};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Deliveries of rows that came together.
#[derive(Debug)]
pub(crate) struct Delivered {
    /// The columns of `delivery_columns`.
    pub(crate) rows: RecordBatch,
    /// For each: whether its event is new, as far as this import knows, and its day.
    pub(crate) first: Vec<(bool, Day)>,
}

/// Rows on their way into the store.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// Each Id once.
    pub(crate) provisioning: Vec<RecordBatch>,
    /// Each Id once.
    pub(crate) audit: Vec<RecordBatch>,
    pub(crate) delivered: Vec<Delivered>,
    /// What side files tell of deliveries.
    pub(crate) told: Vec<RecordBatch>,
    /// The application and the version of what the rows came from.
    pub(crate) read: BTreeMap<String, i64>,
    /// Bytes held, about.
    pub(crate) bytes: usize,
    /// Whether the reader has forgotten the Ids that it knew.
    pub(crate) forgotten: bool,
}

impl Gathered {
    fn is_empty(&self) -> bool {
        let rows = self.provisioning.len() + self.audit.len() + self.delivered.len() + self.told.len();
        rows == 0 && self.read.is_empty()
    }
}

/// What a write did.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flushed {
    /// Rows new to the store.
    pub(crate) rows: u64,
    /// Rows whose Id the store had.
    pub(crate) duplicates: u64,
    /// Events that side files tell of and the store lacks.
    pub(crate) untold: u64,
}

/// Writes to the store; whoever has one holds the lock.
#[derive(Debug)]
pub(crate) struct Writer {
    store: PathBuf,
    provisioning: Delta,
    audit: Delta,
    delivery: Delta,
    sequence: i64,
    threads: usize,
    /// Files with Ids that the reader does not know.
    unread: [Vec<PathBuf>; 2],
}

impl Writer {
    /// The tables, made when they are not there.
    pub(crate) fn open(store: &Path, threads: usize) -> Result<Writer, StoreError> {
        let mut sequence = 0;
        for table in LogTable::ALL {
            sequence = transactions(store, table)?.get(SEQUENCE).copied().unwrap_or_default().max(sequence);
        }
        let mut writer = Writer {
            store: store.to_owned(),
            // The table that says that there is a store is made last.
            delivery: Delta::open_or_create(store, LogTable::Delivery)?,
            audit: Delta::open_or_create(store, LogTable::Audit)?,
            provisioning: Delta::open_or_create(store, LogTable::Provisioning)?,
            sequence,
            threads,
            unread: Default::default(),
        };
        writer.forget()?;
        Ok(writer)
    }

    /// From now on the reader knows of no Id that is in the store.
    fn forget(&mut self) -> Result<(), StoreError> {
        let files = |delta: &Delta| {
            let listed = delta.files()?.into_iter();
            Ok::<Vec<PathBuf>, StoreError>(listed.map(|listed| listed.file.path).collect())
        };
        self.unread = [files(&self.provisioning)?, files(&self.audit)?];
        Ok(())
    }

    /// Writes what has been gathered.
    pub(crate) fn flush(&mut self, gathered: Gathered) -> Result<Flushed, StoreError> {
        if gathered.is_empty() {
            return Ok(Flushed::default());
        }
        let mut flushed = Flushed::default();
        let [unread, unread_audit] = &self.unread;
        let (provisioning, known) =
            unknown(LogTable::Provisioning, &gathered.provisioning, unread, &mut flushed)?;
        let (audit, _) = unknown(LogTable::Audit, &gathered.audit, unread_audit, &mut flushed)?;
        let mut days = rows::by_day(LogTable::Provisioning, &provisioning)?;
        days.extend(rows::by_day(LogTable::Audit, &audit)?);
        let (delivery, removed, untold) = self.deliveries(&gathered, &known)?;
        days.extend(delivery);
        flushed.untold = untold;
        let added = write_days(&self.store, days, self.threads)?;
        let mut writes: [TableWrite; 3] = Default::default();
        let [to_provisioning, to_audit, to_delivery] = &mut writes;
        to_delivery.actions = removed;
        for (table, add) in added {
            let write = match table {
                LogTable::Provisioning => &mut *to_provisioning,
                LogTable::Audit => &mut *to_audit,
                LogTable::Delivery => &mut *to_delivery,
            };
            write.actions.push(Action::Add(add));
        }
        let read = gathered.read.into_iter();
        to_provisioning.transactions = read.map(|(blob, bytes)| Transaction::new(blob, bytes)).collect();
        let [to_provisioning, to_audit, to_delivery] = writes;
        let tables = [
            (&mut self.delivery, to_delivery),
            (&mut self.audit, to_audit),
            (&mut self.provisioning, to_provisioning),
        ];
        let wanted = |(_, write): &(&mut Delta, TableWrite)| {
            !write.actions.is_empty() || !write.transactions.is_empty()
        };
        let writes: Vec<_> = tables.into_iter().filter(wanted).collect();
        if !writes.is_empty() {
            self.sequence += 1;
            pending::commit(&self.store, self.sequence, writes)?;
        }
        if gathered.forgotten {
            self.forget()?;
        }
        Ok(flushed)
    }

    /// The files of deliveries that are written anew, the actions that take the old ones away, and the number of events
    /// that side files tell of and nobody knows.
    fn deliveries(
        &self,
        gathered: &Gathered,
        known: &IdSet,
    ) -> Result<(Vec<DayRows>, Vec<Action>, u64), StoreError> {
        let mut changes = Changes::default();
        let mut days: BTreeMap<Day, (StringViewBuilder, Vec<Delivery>)> = BTreeMap::new();
        let mut put = |id: &str, delivery: Delivery| {
            let (ids, all) = days.entry(delivery.day).or_default();
            ids.append_value(id);
            all.push(delivery);
        };
        for Delivered { rows, first } in &gathered.delivered {
            let rows = Rows::of(rows);
            for (row, &(first, day)) in first.iter().enumerate() {
                let id = rows.ids.value(row);
                let delivery = rows.delivery(row, day);
                match id.is_empty() || (first && !known.contains(id)) {
                    true => put(id, delivery),
                    false => changes.add(id, delivery),
                }
            }
        }
        for told in &gathered.told {
            let rows = Rows::of(told);
            (0..told.num_rows()).for_each(|row| changes.tell(rows.ids.value(row), rows.told(row)));
        }
        let mut batches: BTreeMap<Day, Vec<RecordBatch>> = BTreeMap::new();
        for (day, (mut ids, all)) in std::mem::take(&mut days) {
            batches.insert(day, vec![rows_of(ids.finish(), &all)?]);
        }
        if !changes.is_empty() {
            for rows in batches.values_mut() {
                if let Some(changed) = changes.apply(rows)? {
                    *rows = changed;
                }
            }
        }
        let removed = self.change_stored(&mut changes, &mut batches)?;
        // Deliveries of events that have no row yet: this is the first.
        let mut left = Changes { told: std::mem::take(&mut changes.told), ..Changes::default() };
        for (id, delivery) in changes.again {
            let mut ids = StringViewBuilder::new();
            ids.append_value(&id);
            let day = delivery.day;
            let rows = [rows_of(ids.finish(), &[delivery])?];
            let changed = left.apply(&rows)?.unwrap_or_else(|| rows.to_vec());
            batches.entry(day).or_default().extend(changed);
        }
        let files = batches.into_iter().map(|(day, rows)| rows::of_day(LogTable::Delivery, day, &rows));
        let files = files.collect::<Result<Vec<_>, _>>()?;
        Ok((files.into_iter().flatten().collect(), removed, left.told.len() as u64))
    }

    /// Makes changes in rows that lie in files: those files are to be replaced, their rows join those of their day.
    fn change_stored(
        &self,
        changes: &mut Changes,
        batches: &mut BTreeMap<Day, Vec<RecordBatch>>,
    ) -> Result<Vec<Action>, StoreError> {
        let mut removed = Vec::new();
        if changes.is_empty() {
            return Ok(removed);
        }
        // Made once for all files: a change that is made meanwhile may stay in it, since an Id stands in one row only.
        let set = IdSet::of(changes.ids());
        for listed in self.delivery.files()? {
            if changes.is_empty() {
                break;
            }
            let mut found = IdSet::default();
            look_up(&listed.file.path, changes.ids(), &set, &mut found)?;
            if found.is_empty() {
                continue;
            }
            let rows = read_file(LogTable::Delivery, &listed.file.path)?;
            if let Some(changed) = changes.apply(&rows)? {
                removed.push(Action::Remove(listed.remove));
                batches.entry(listed.day).or_default().extend(changed);
            }
        }
        Ok(removed)
    }
}

/// The rows whose Ids no file has, and the Ids that some file has.
fn unknown(
    table: LogTable,
    batches: &[RecordBatch],
    files: &[PathBuf],
    flushed: &mut Flushed,
) -> Result<(Vec<RecordBatch>, IdSet), StoreError> {
    let mut known = IdSet::default();
    let place = table.place("Id").unwrap_or_default();
    let ids = |batch: &RecordBatch| batch.column(place).as_string_view().clone();
    let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
    if !files.is_empty() && rows > 0 {
        let columns: Vec<_> = batches.iter().map(ids).collect();
        let wanted: Vec<&str> =
            columns.iter().flat_map(|ids| ids.iter().flatten()).filter(|id| !id.is_empty()).collect();
        let set = IdSet::of(wanted.iter().copied());
        files.iter().try_for_each(|file| look_up(file, wanted.iter().copied(), &set, &mut known))?;
    }
    if known.is_empty() {
        flushed.rows += rows as u64;
        return Ok((batches.to_vec(), known));
    }
    let mut kept = Vec::with_capacity(batches.len());
    for batch in batches {
        let keep: BooleanArray =
            ids(batch).iter().map(|id| Some(!known.contains(id.unwrap_or_default()))).collect();
        kept.push(filter_record_batch(batch, &keep)?);
    }
    let new: usize = kept.iter().map(RecordBatch::num_rows).sum();
    flushed.rows += new as u64;
    flushed.duplicates += (rows - new) as u64;
    Ok((kept, known))
}
