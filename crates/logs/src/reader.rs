//! Reads inputs one after the other into the tables they belong to.

use crate::classify::{Category, Kind, classify};
use crate::collect::{Collector, Delivery};
use crate::json_stream::{Item, Items, layout};
use crate::json_text::{Object, elements, validate};
use crate::mapping::{Defaults, rename_legacy};
use crate::open::{OpenError, OpenOptions, Opened};
use crate::paths::Input;
use crate::record::{
    AUDIT_TABLE, PROVISIONING_TABLE, ProvisioningRecord, UNIQUE_COLUMNS, audit_columns, provisioning_columns,
};
use crate::shapes::diagnostic;
use crate::source::{Container, container, head};
use crate::summary::{FileRead, Problem, Summary};
use crate::times::{UNIX_EPOCH_TICKS, parse_time};
use std::collections::HashMap;
use std::time::UNIX_EPOCH;

/// Bytes looked at to tell what a file is.
const HEAD: u64 = 1 << 16;

/// Everything read so far.
pub(crate) struct Reader<'o> {
    pub(crate) options: &'o OpenOptions,
    pub(crate) defaults: Defaults,
    pub(crate) summary: Summary,
    pub(crate) provisioning: Collector,
    pub(crate) audit: Collector,
    pub(crate) files: Vec<String>,
    pub(crate) arrivals: HashMap<String, i64>,
}

/// The file that is being read.
pub(crate) struct Current {
    pub(crate) input: Input,
    pub(crate) file: u32,
    pub(crate) written: Option<i64>,
}

impl Current {
    fn problem(&self, line: u64, reason: impl Into<String>) -> Problem {
        Problem { file: self.input.label.clone(), line, reason: reason.into() }
    }
}

impl<'o> Reader<'o> {
    pub(crate) fn new(options: &'o OpenOptions) -> Reader<'o> {
        Reader {
            options,
            defaults: Defaults {
                workspace_id: options.workspace_id.clone(),
                tenant_id: options.tenant_id.clone(),
                rename_legacy: options.rename_legacy,
            },
            summary: Summary::default(),
            provisioning: Collector::new(PROVISIONING_TABLE, provisioning_columns(), UNIQUE_COLUMNS),
            audit: Collector::new(AUDIT_TABLE, audit_columns(), UNIQUE_COLUMNS),
            files: Vec::new(),
            arrivals: HashMap::new(),
        }
    }

    pub(crate) fn read_all(&mut self, inputs: Vec<Input>) -> Result<(), OpenError> {
        for input in inputs {
            self.read(input)?;
        }
        Ok(())
    }

    /// Reads one file into the tables it belongs to.
    fn read(&mut self, input: Input) -> Result<(), OpenError> {
        let unreadable = |error: std::io::Error| OpenError::unreadable(&input.label, &error);
        let begin = head(&input.source, HEAD).map_err(unreadable)?;
        let written = input.source.modified().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let ticks = written.and_then(|since| i64::try_from(since.as_nanos() / 100).ok());
        let written = ticks.and_then(|ticks| ticks.checked_add(UNIX_EPOCH_TICKS));
        let file = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(input.label.clone());
        let current = Current { input, file, written };
        let rows = self.provisioning.rows() + self.audit.rows();
        let shape = match container(&begin) {
            Container::Json => self.read_json(&current, &begin)?,
            Container::Empty => Some("empty"),
            Container::Text | Container::Parquet | Container::ArrowFile | Container::ArrowStream => None,
            Container::Unknown => None,
        };
        let Some(shape) = shape else {
            return self.pass_over(&current, "no log records found");
        };
        let rows = self.provisioning.rows() + self.audit.rows() - rows;
        self.summary.files += 1;
        self.summary.shapes.push(FileRead { file: current.input.label, shape, rows: rows as u64 });
        Ok(())
    }

    /// A file that holds no logs: an error when it was named, a notice when it lies in a folder.
    fn pass_over(&mut self, current: &Current, reason: &str) -> Result<(), OpenError> {
        if current.input.named {
            return Err(OpenError::Unknown { path: current.input.label.clone(), reason: reason.to_owned() });
        }
        self.summary.skip(&current.input.label, reason);
        Ok(())
    }

    /// Notes a line that cannot be read; with `strict` it is an error.
    pub(crate) fn refuse(&mut self, current: &Current, line: u64, reason: &str) -> Result<(), OpenError> {
        let problem = current.problem(line, reason);
        if self.options.strict {
            return Err(OpenError::Refused(problem));
        }
        self.summary.refuse(problem);
        Ok(())
    }

    /// Reads JSON; gives the shape, or `None` when the first readable value is no log record.
    fn read_json(&mut self, current: &Current, begin: &[u8]) -> Result<Option<&'static str>, OpenError> {
        let unreadable = |error: std::io::Error| OpenError::unreadable(&current.input.label, &error);
        let stream = current.input.source.open().map_err(unreadable)?;
        let mut items = Items::new(stream, layout(begin));
        let mut shape = None;
        loop {
            let item = match items.next() {
                Ok(Some(item)) => item,
                Ok(None) => break,
                // A packed file that is cut off: what came before it counts.
                Err(error) => {
                    self.refuse(current, 0, &format!("reading stopped: {error}"))?;
                    break;
                }
            };
            let text = match readable(&item) {
                Ok(text) => text,
                Err(reason) => {
                    self.refuse(current, item.line, &reason)?;
                    continue;
                }
            };
            match self.take(text, current, item.line, 0)? {
                Kind::Other if shape.is_none() => return Ok(None),
                Kind::Other => self.refuse(current, item.line, "not a log record")?,
                kind => shape = shape.or(Some(kind.words())),
            }
        }
        Ok(shape)
    }

    /// Takes one JSON value into the tables, containers by their elements; gives what it was.
    fn take(&mut self, text: &str, current: &Current, line: u64, depth: usize) -> Result<Kind, OpenError> {
        let Some(object) = Object::parse(text) else {
            let Some(all) = elements(text).filter(|_| depth == 0) else {
                return Ok(Kind::Other);
            };
            return self.take_each(all, "array", current, line);
        };
        let kind = classify(&object);
        match kind {
            Kind::Container(name) if depth == 0 => {
                let inner = object.get(name).and_then(elements).unwrap_or_default();
                return self.take_each(inner, name, current, line);
            }
            Kind::Diagnostic(category) => self.take_diagnostic(&object, category, current),
            Kind::Arrival => {
                if let Some(time) = parse_time(&object.text("ArrivalTime"), Default::default()) {
                    note_arrival(&mut self.arrivals, &object.text("Id"), time);
                }
            }
            _ => return Ok(Kind::Other),
        }
        Ok(kind)
    }

    fn take_each(
        &mut self,
        all: Vec<&str>,
        name: &'static str,
        current: &Current,
        line: u64,
    ) -> Result<Kind, OpenError> {
        for (index, element) in all.into_iter().enumerate() {
            if self.take(element, current, line, 1)? == Kind::Other {
                if index == 0 && name == "array" {
                    return Ok(Kind::Other);
                }
                self.refuse(current, line, "not a log record")?;
            }
        }
        Ok(Kind::Container(name))
    }

    fn take_diagnostic(&mut self, envelope: &Object<'_>, category: Category, current: &Current) {
        let properties = envelope.object("properties").unwrap_or_default();
        let time = parse_time(&envelope.text("time"), Default::default());
        let delivery = Delivery { written: current.written, envelope: time, file: current.file };
        match category {
            Category::Provisioning => {
                let defaults = self.defaults.clone();
                let record = diagnostic::provisioning(envelope, &properties, &defaults, &mut self.summary);
                self.push(record, delivery);
            }
            Category::Audit => {}
            Category::Foreign => {
                self.summary.warn(&format!("records of category {} passed over", envelope.text("category")));
            }
        }
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

    pub(crate) fn finish(mut self) -> Result<Opened, OpenError> {
        let too_large = |error: arrow::error::ArrowError| OpenError::TooLarge { reason: error.to_string() };
        self.summary.rows_read = (self.provisioning.rows() + self.audit.rows()) as u64;
        let (provisioning, delivery) =
            self.provisioning.finish(&self.files, &self.arrivals).map_err(too_large)?;
        let (audit, _) = self.audit.finish(&self.files, &self.arrivals).map_err(too_large)?;
        Ok(Opened { tables: vec![provisioning, audit, delivery], summary: self.summary })
    }
}

/// The earliest arrival of an Id counts.
pub(crate) fn note_arrival(arrivals: &mut HashMap<String, i64>, id: &str, time: i64) {
    let known = arrivals.entry(id.to_owned()).or_insert(time);
    *known = time.min(*known);
}

const HALF_WRITTEN: &str = "the last line is half written";

/// The text of an item, or why there is none.
fn readable(item: &Item) -> Result<&str, String> {
    if let Some(broken) = item.broken {
        return Err(broken.to_owned());
    }
    let text = std::str::from_utf8(&item.bytes).map_err(|error| {
        let cut = item.unfinished && error.error_len().is_none();
        if cut { HALF_WRITTEN } else { "not UTF-8" }.to_owned()
    })?;
    match validate(text) {
        Ok(()) => Ok(text),
        Err(error) if error.is_eof() && item.unfinished => Err(HALF_WRITTEN.to_owned()),
        Err(error) => Err(format!("not JSON: {error}")),
    }
}
