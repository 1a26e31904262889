//! Reads inputs one after the other into the tables they belong to.

use crate::builder::Cell;
use crate::collect::{Collector, Delivery, Told, ToldDeliveries, told_rows};
use crate::json_stream::{Layout, layout};
use crate::mapping::{Defaults, long_cell, rename_legacy};
use crate::open::{OpenError, OpenOptions, Opened};
use crate::own_table::OwnTable;
use crate::parts::Part;
use crate::paths::Input;
use crate::record::{
    AUDIT_TABLE, DELIVERY_TABLE, PROVISIONING_TABLE, ProvisioningRecord, UNIQUE_COLUMNS, audit_columns,
    provisioning_columns,
};
use crate::shapes::audit::AuditRow;
use crate::shapes::portal_csv::Joined;
use crate::source::{Container, container, head};
use crate::summary::{FileRead, Problem, Summary};
use crate::times::{DateOrder, UNIX_EPOCH_TICKS, parse_time};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// Bytes looked at to tell what a file is.
pub(crate) const HEAD: u64 = 1 << 16;
/// Bytes of lines read at once where nothing is given on.
const CHUNK: usize = 8 << 20;

/// Where parts go while files are being read.
pub(crate) struct Giving<'o> {
    /// Bytes of text in a part, about.
    pub(crate) bytes: usize,
    pub(crate) give: &'o mut dyn FnMut(Part) -> Result<(), OpenError>,
}

/// Everything read so far.
pub(crate) struct Reader<'o> {
    pub(crate) options: &'o OpenOptions,
    pub(crate) defaults: Arc<Defaults>,
    pub(crate) summary: Summary,
    pub(crate) provisioning: Collector,
    pub(crate) audit: Collector,
    pub(crate) files: Vec<String>,
    pub(crate) told: ToldDeliveries,
    /// Rows of the portal's main CSV: they wait for the two other files.
    pub(crate) portal_rows: Vec<(ProvisioningRecord<'static>, Delivery)>,
    pub(crate) joined: Joined,
    own: Vec<OwnTable>,
    own_of_file: HashMap<u32, usize>,
    /// Rows are given away as they come: every copy is kept, and there are no tables but those of logs.
    pub(crate) in_parts: bool,
    giving: Option<Giving<'o>>,
    /// Rows that have been given away.
    given: usize,
    /// Bytes of the last file that need not be read again; `None` when it was passed over.
    pub(crate) taken_to: Option<u64>,
}

/// The file that is being read.
#[derive(Clone)]
pub(crate) struct Current {
    pub(crate) input: Input,
    pub(crate) file: u32,
    pub(crate) written: Option<i64>,
    /// The byte at which reading begins; other than 0 only in plain files of JSON lines.
    pub(crate) from: u64,
    /// The byte at which the stream begins, in plain files of JSON lines.
    pub(crate) begins_at: Option<u64>,
    /// Bytes on disk when reading began.
    pub(crate) size: u64,
}

impl Current {
    /// A file that begins with these bytes and is read from a byte on, if it can be.
    pub(crate) fn new(input: Input, file: u32, from: u64, begin: &[u8]) -> std::io::Result<Current> {
        let size = input.source.size();
        let written = input.source.modified().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let ticks = written.and_then(|since| i64::try_from(since.as_nanos() / 100).ok());
        let written = ticks.and_then(|ticks| ticks.checked_add(UNIX_EPOCH_TICKS));
        let lines = container(begin) == Container::Json && layout(begin) == Layout::Lines;
        let begins_at = if lines { input.source.begins_at()? } else { None };
        let from = if begins_at.is_some() && from <= size { from } else { 0 };
        Ok(Current { input, file, written, from, begins_at: begins_at.map(|begin| begin.max(from)), size })
    }
}

impl<'o> Reader<'o> {
    pub(crate) fn new(options: &'o OpenOptions) -> Reader<'o> {
        Reader {
            options,
            defaults: Arc::new(Defaults {
                workspace_id: options.workspace_id.clone(),
                tenant_id: options.tenant_id.clone(),
                rename_legacy: options.rename_legacy,
            }),
            summary: Summary::default(),
            provisioning: Collector::new(PROVISIONING_TABLE, provisioning_columns(), UNIQUE_COLUMNS),
            audit: Collector::new(AUDIT_TABLE, audit_columns(), UNIQUE_COLUMNS),
            files: Vec::new(),
            told: HashMap::new(),
            portal_rows: Vec::new(),
            joined: Joined::default(),
            own: Vec::new(),
            own_of_file: HashMap::new(),
            in_parts: false,
            giving: None,
            given: 0,
            taken_to: None,
        }
    }

    /// A reader whose rows are taken out with `drain`, or given away while it reads.
    pub(crate) fn in_parts(options: &'o OpenOptions, giving: Option<Giving<'o>>) -> Reader<'o> {
        let mut reader = Reader::new(options);
        reader.provisioning.keep_copies();
        reader.audit.keep_copies();
        Reader { in_parts: true, giving, ..reader }
    }

    /// Takes all rows out. `end` is the `Part`'s.
    pub(crate) fn drain(&mut self, end: u64) -> Result<Part, OpenError> {
        let too_large = |error: arrow::error::ArrowError| OpenError::TooLarge { reason: error.to_string() };
        let rows = self.provisioning.rows() + self.audit.rows();
        self.given += rows;
        let (provisioning, delivery) = self.provisioning.drain(&self.files).map_err(too_large)?;
        let (audit, _) = self.audit.drain(&self.files).map_err(too_large)?;
        let told = told_rows(std::mem::take(&mut self.told)).into_iter().collect();
        let summary = Summary { rows_read: rows as u64, ..std::mem::take(&mut self.summary) };
        Ok(Part { provisioning, delivery, audit, told, end, summary })
    }

    /// Gives a part away when it is full; nothing where rows are collected.
    pub(crate) fn overflow(&mut self) -> Result<(), OpenError> {
        // What a side file tells of an Id, about.
        const TOLD: usize = 128;
        let held = self.provisioning.bytes() + self.audit.bytes() + self.told.len() * TOLD;
        if self.giving.as_ref().is_some_and(|giving| held >= giving.bytes) { self.give(0) } else { Ok(()) }
    }

    /// Gives away what has been read of a file of lines, up to a place in its stream.
    pub(crate) fn taken_to(&mut self, current: &Current, place: u64, last: bool) -> Result<(), OpenError> {
        self.taken_to = current.begins_at.map(|begin| begin + place);
        // The last lines go with what is to be said of the whole file.
        if last { Ok(()) } else { self.give(self.taken_to.unwrap_or(0)) }
    }

    fn give(&mut self, end: u64) -> Result<(), OpenError> {
        if self.giving.is_none() {
            return Ok(());
        }
        let part = self.drain(end)?;
        self.giving.as_mut().map_or(Ok(()), |giving| (giving.give)(part))
    }

    /// Bytes of lines read at once.
    pub(crate) fn chunk_bytes(&self) -> usize {
        self.giving.as_ref().map_or(CHUNK, |giving| giving.bytes)
    }

    /// Reads all files, those that tell most first: of two copies of an event the fuller one is kept.
    pub(crate) fn read_all(&mut self, inputs: Vec<Input>) -> Result<(), OpenError> {
        let mut ranked = Vec::with_capacity(inputs.len());
        for input in inputs {
            let begin = match head(&input.source, HEAD) {
                Ok(begin) => begin,
                Err(error) if input.named => return Err(OpenError::unreadable(&input.label, &error)),
                Err(error) => {
                    self.summary.unreadable(&input.label, &error);
                    continue;
                }
            };
            ranked.push((rank(&begin), input));
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().try_for_each(|(_, input)| self.read(input, 0))
    }

    /// Reads one file into the tables it belongs to, from a byte on where it can be resumed.
    pub(crate) fn read(&mut self, input: Input, from: u64) -> Result<(), OpenError> {
        let label = input.label.clone();
        let unreadable = |error: std::io::Error| OpenError::unreadable(&label, &error);
        let begin = head(&input.source, HEAD).map_err(unreadable)?;
        let current = Current::new(input, self.new_file(&label), from, &begin).map_err(unreadable)?;
        self.taken_to = current.begins_at.map(|_| current.from);
        let before = self.rows();
        let kind = container(&begin);
        let shape = match kind {
            Container::Json => self.read_json(&current, &begin)?,
            Container::Text => self.read_csv(&current, &begin)?,
            Container::Parquet | Container::ArrowFile | Container::ArrowStream => {
                self.read_columns(&current, kind)?
            }
            Container::Empty => Some("empty"),
            Container::Unknown => None,
        };
        let Some(shape) = shape else {
            self.taken_to = None;
            return self.pass_over(&current, kind);
        };
        let rows = (self.rows() - before) as u64;
        self.taken_to = self.taken_to.or(Some(current.size));
        self.summary.files += 1;
        self.summary.shapes.push(FileRead { file: current.input.label, shape, rows });
        Ok(())
    }

    /// The number of a file that is going to be read.
    pub(crate) fn new_file(&mut self, label: &str) -> u32 {
        self.files.push(label.to_owned());
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
    }

    /// Rows in all tables so far, and those given away.
    fn rows(&self) -> usize {
        let own: usize = self.own.iter().map(OwnTable::rows).sum();
        self.provisioning.rows() + self.audit.rows() + self.portal_rows.len() + own + self.given
    }

    /// A file that holds no logs: an error when it was named, a notice when it lies in a folder.
    fn pass_over(&mut self, current: &Current, kind: Container) -> Result<(), OpenError> {
        let reason = match kind {
            Container::Unknown => "neither text nor Parquet nor Arrow",
            Container::Empty => "empty",
            _ if self.in_parts => "no provisioning logs",
            Container::Json | Container::Text if current.input.named => "nothing readable",
            _ => "no provisioning logs; name the file itself to open it as a table",
        };
        if current.input.named {
            return Err(OpenError::Unknown { path: current.input.label.clone(), reason: reason.to_owned() });
        }
        self.summary.skip(&current.input.label, reason);
        Ok(())
    }

    /// Notes a line that cannot be read; with `strict` it is an error.
    pub(crate) fn refuse(&mut self, current: &Current, line: u64, reason: &str) -> Result<(), OpenError> {
        let problem = Problem { file: current.input.label.clone(), line, reason: reason.to_owned() };
        if self.options.strict {
            return Err(OpenError::Refused(problem));
        }
        self.summary.refuse(problem);
        Ok(())
    }

    /// Adds a provisioning row, or counts it as a duplicate.
    pub(crate) fn push(&mut self, mut record: ProvisioningRecord<'_>, delivery: Delivery) {
        if self.defaults.rename_legacy {
            rename_legacy(&mut record);
        }
        if !self.provisioning.push(&record.id, &record.cells(), delivery) {
            self.summary.duplicates += 1;
        }
    }

    /// Adds an audit row, or counts it as a duplicate.
    pub(crate) fn push_audit(&mut self, row: &AuditRow<'_>, delivery: Delivery) {
        let cells: Vec<Cell<'_>> = row.cells();
        if !self.audit.push(&row.id, &cells, delivery) {
            self.summary.duplicates += 1;
        }
    }

    /// Adds a row of the portal's main CSV. In parts, the two other files have been read before.
    pub(crate) fn push_portal(&mut self, mut record: ProvisioningRecord<'static>, delivery: Delivery) {
        if !self.in_parts {
            return self.portal_rows.push((record, delivery));
        }
        self.joined.fill(&mut record);
        self.push(record, delivery);
    }

    /// Notes what a side file tells of an Id's deliveries; the earliest arrival counts.
    pub(crate) fn note_arrival<'c>(&mut self, get: &dyn Fn(&str) -> Option<Cow<'c, str>>, order: DateOrder) {
        let time = |name: &str| get(name).and_then(|text| parse_time(&text, order));
        let arrival = time("ArrivalTime");
        if arrival.is_none() && get("ArrivalTime").is_some_and(|text| !text.is_empty()) {
            self.summary.warn("arrival times that cannot be read");
        }
        let copies = get("Copies").and_then(|text| long_cell(&text)).unwrap_or(0);
        let told = Told { arrival, envelope: time("EnvelopeTime"), copies };
        self.note_told(&get("Id").unwrap_or_default(), told);
    }

    /// The same, read.
    pub(crate) fn note_told(&mut self, id: &str, told: Told) {
        match self.told.get_mut(id) {
            None => drop(self.told.insert(id.to_owned(), told)),
            Some(known)
                if known.arrival.is_none() || (told.arrival.is_some() && told.arrival < known.arrival) =>
            {
                *known = told
            }
            Some(_) => {}
        }
    }

    /// Whether the user gave the file a table name that is no log table: its rows stay as they are.
    pub(crate) fn wants_own(&self, current: &Current) -> bool {
        let log_tables = [PROVISIONING_TABLE, AUDIT_TABLE, DELIVERY_TABLE];
        let named = self.options.table_name.as_deref();
        self.keeps_own(current) && named.is_some_and(|name| !log_tables.contains(&name))
    }

    /// Whether a file that is no log is to be read.
    pub(crate) fn keeps_own(&self, current: &Current) -> bool {
        current.input.named && !self.in_parts
    }

    /// The table of its own that the file's rows go to.
    pub(crate) fn own_table(&mut self, current: &Current) -> &mut OwnTable {
        let place = match self.own_of_file.get(&current.file) {
            Some(place) => *place,
            None => {
                let place = self.own_place(current);
                self.own_of_file.insert(current.file, place);
                place
            }
        };
        &mut self.own[place]
    }

    fn own_place(&mut self, current: &Current) -> usize {
        if let Some(name) = self.options.table_name.as_deref().filter(|_| self.wants_own(current)) {
            if let Some(place) = self.own.iter().position(|table| table.name == name) {
                return place;
            }
            self.own.push(OwnTable::new(name));
            return self.own.len() - 1;
        }
        self.add_own(&current.input.stem)
    }

    /// Adds a table of its own; a name that is taken gets a number.
    pub(crate) fn add_own(&mut self, name: &str) -> usize {
        let taken = |own: &[OwnTable], name: &str| {
            [PROVISIONING_TABLE, AUDIT_TABLE, DELIVERY_TABLE].contains(&name)
                || own.iter().any(|t| t.name == name)
        };
        let mut free = name.to_owned();
        let mut number = 2;
        while taken(&self.own, &free) {
            free = format!("{name}_{number}");
            number += 1;
        }
        self.own.push(OwnTable::new(&free));
        self.own.len() - 1
    }

    /// A table of its own by its place.
    pub(crate) fn own_at(&mut self, place: usize) -> &mut OwnTable {
        &mut self.own[place]
    }

    pub(crate) fn finish(mut self) -> Result<Opened, OpenError> {
        let joined = std::mem::take(&mut self.joined);
        for (mut record, delivery) in std::mem::take(&mut self.portal_rows) {
            joined.fill(&mut record);
            self.push(record, delivery);
        }
        self.summary.rows_read = self.rows() as u64;
        let too_large = |error: arrow::error::ArrowError| OpenError::TooLarge { reason: error.to_string() };
        let (provisioning, delivery) =
            self.provisioning.finish(&self.files, &self.told).map_err(too_large)?;
        let (audit, _) = self.audit.finish(&self.files, &self.told).map_err(too_large)?;
        let mut tables = vec![provisioning, audit, delivery];
        tables.extend(self.own.into_iter().map(OwnTable::finish));
        Ok(Opened { tables, parquet: None, summary: self.summary })
    }
}

/// How much a file tells of each event, by what it begins like: lower is more.
pub(crate) fn rank(begin: &[u8]) -> u8 {
    let text = String::from_utf8_lossy(begin);
    match container(begin) {
        Container::Parquet | Container::ArrowFile | Container::ArrowStream => 1,
        Container::Json if text.contains("\"properties\"") => 0,
        Container::Json if text.contains("\"TimeGenerated\"") => 1,
        Container::Json => 2,
        Container::Text if text.contains("TimeGenerated") => 3,
        Container::Text | Container::Empty | Container::Unknown => 4,
    }
}
