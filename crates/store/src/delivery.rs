//! How each event reached us: one row for each Id, however often it was delivered.
//!
//! Of several deliveries the one with the least envelope time counts, the first when several have it; Copies are added
//! up. The empty Id is no Id: each of its rows stays.

use crate::error::StoreError;
use crate::layout::{Day, LogTable};
use arrow::array::{Array, ArrayRef, AsArray, Int64Array, StringViewArray, StringViewBuilder};
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// One delivery, or what is known of several.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Delivery {
    pub(crate) arrival: Option<i64>,
    pub(crate) envelope: Option<i64>,
    pub(crate) file: Arc<str>,
    pub(crate) copies: i64,
    pub(crate) day: Day,
}

/// What side files tell of the deliveries of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Told {
    pub(crate) arrival: Option<i64>,
    pub(crate) envelope: Option<i64>,
    pub(crate) copies: i64,
}

impl Delivery {
    /// Adds what later deliveries tell.
    pub(crate) fn again(&mut self, later: &Delivery) {
        self.copies = self.copies.saturating_add(later.copies);
        if later.envelope.is_some() && (self.envelope.is_none() || later.envelope < self.envelope) {
            (self.arrival, self.envelope) = (later.arrival, later.envelope);
            self.file = later.file.clone();
        }
    }

    /// Adds what a side file tells; telling it twice changes nothing.
    pub(crate) fn told(&mut self, told: &Told) {
        self.arrival = told.arrival.or(self.arrival);
        self.envelope = self.envelope.or(told.envelope);
        self.copies = self.copies.max(told.copies);
    }
}

/// Changes to rows of events by Id.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub(crate) again: FxHashMap<Box<str>, Delivery>,
    pub(crate) told: FxHashMap<Box<str>, Told>,
}

impl Changes {
    /// One more delivery of an event whose row stands elsewhere.
    pub(crate) fn add(&mut self, id: &str, later: Delivery) {
        match self.again.get_mut(id) {
            Some(known) => known.again(&later),
            None => drop(self.again.insert(id.into(), later)),
        }
    }

    /// What a side file tells of an event: the earliest arrival counts.
    pub(crate) fn tell(&mut self, id: &str, told: Told) {
        let Some(known) = self.told.get_mut(id) else {
            self.told.insert(id.into(), told);
            return;
        };
        let copies = known.copies.max(told.copies);
        if known.arrival.is_none() || (told.arrival.is_some() && told.arrival < known.arrival) {
            *known = told;
        }
        known.copies = copies;
    }

    /// The Ids whose rows change.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.again
            .keys()
            .chain(self.told.keys().filter(|id| !self.again.contains_key(*id)))
            .map(AsRef::as_ref)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.again.is_empty() && self.told.is_empty()
    }

    /// Makes the changes of those rows that stand here, and takes them off the list. `None` when no row changes.
    pub(crate) fn apply(&mut self, rows: &[RecordBatch]) -> Result<Option<Vec<RecordBatch>>, StoreError> {
        let mut changed = false;
        let mut out = Vec::with_capacity(rows.len());
        for batch in rows {
            let read = Rows::of(batch);
            let mut all: Vec<Delivery> = (0..batch.num_rows()).map(|row| read.delivery(row, None)).collect();
            let mut here = false;
            for (row, delivery) in all.iter_mut().enumerate() {
                let id = read.ids.value(row);
                if let Some(later) = self.again.remove(id) {
                    delivery.again(&later);
                    here = true;
                }
                if let Some(told) = self.told.remove(id) {
                    let before = delivery.clone();
                    delivery.told(&told);
                    here |= *delivery != before;
                }
            }
            changed |= here;
            let ids = || read.ids.clone();
            out.push(if here { rows_of(ids(), &all)? } else { batch.clone() });
        }
        Ok(changed.then_some(out))
    }
}

/// The columns of `delivery_columns`.
pub(crate) struct Rows<'a> {
    pub(crate) ids: &'a StringViewArray,
    arrivals: &'a Int64Array,
    envelopes: &'a Int64Array,
    files: &'a StringViewArray,
    copies: &'a Int64Array,
    names: std::cell::RefCell<FxHashMap<u128, Arc<str>>>,
}

impl Rows<'_> {
    /// The rows of a batch.
    pub(crate) fn of(batch: &RecordBatch) -> Rows<'_> {
        Rows {
            ids: batch.column(0).as_string_view(),
            arrivals: batch.column(1).as_primitive::<Int64Type>(),
            envelopes: batch.column(2).as_primitive::<Int64Type>(),
            files: batch.column(3).as_string_view(),
            copies: batch.column(4).as_primitive::<Int64Type>(),
            names: Default::default(),
        }
    }

    /// One of them.
    pub(crate) fn delivery(&self, row: usize, day: Day) -> Delivery {
        let time = |times: &Int64Array| times.is_valid(row).then(|| times.value(row));
        // Equal views are equal texts within a batch.
        let mut names = self.names.borrow_mut();
        let file = names.entry(self.files.views()[row]).or_insert_with(|| self.files.value(row).into());
        Delivery {
            arrival: time(self.arrivals),
            envelope: time(self.envelopes),
            file: file.clone(),
            copies: time(self.copies).unwrap_or(1),
            day,
        }
    }

    /// What a side file tells in one of them.
    pub(crate) fn told(&self, row: usize) -> Told {
        let Delivery { arrival, envelope, copies, .. } = self.delivery(row, None);
        Told { arrival, envelope, copies }
    }
}

/// Deliveries as rows with the columns of `delivery_columns`.
pub(crate) fn rows_of(ids: StringViewArray, all: &[Delivery]) -> Result<RecordBatch, StoreError> {
    let mut files = StringViewBuilder::with_capacity(all.len()).with_deduplicate_strings();
    all.iter().for_each(|delivery| files.append_value(&delivery.file));
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(ids),
        Arc::new(all.iter().map(|delivery| delivery.arrival).collect::<Int64Array>()),
        Arc::new(all.iter().map(|delivery| delivery.envelope).collect::<Int64Array>()),
        Arc::new(files.finish()),
        Arc::new(all.iter().map(|delivery| Some(delivery.copies)).collect::<Int64Array>()),
    ];
    Ok(RecordBatch::try_new(calypso_logs::builder::schema(&LogTable::Delivery.columns()), arrays)?)
}
