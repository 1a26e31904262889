//! Separated values: CSV of the Logs blade, the portal's three files, arrival times, or a table of its own.

use crate::classify::{Kind, row_kind};
use crate::collect::Delivery;
use crate::json_text::compact;
use crate::open::OpenError;
use crate::reader::{Current, Reader};
use crate::record::{AUDIT, PROVISIONING, is_kept};
use crate::shapes::portal_csv::{self, Field, fields};
use crate::shapes::{audit, log_analytics};
use crate::times::{DateOrder, day_is_first};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::BufRead;

/// Columns of a header at most.
const MAX_COLUMNS: usize = 4096;

type Records = csv::Reader<Box<dyn BufRead>>;

/// What the header says the file is.
enum Layout {
    Provisioning,
    Audit,
    Portal(portal_csv::File),
    Arrivals,
    Own,
}

impl Reader<'_> {
    /// Reads separated values; gives the shape, or `None` when they are no logs and no table is wanted.
    pub(crate) fn read_csv(
        &mut self,
        current: &Current,
        begin: &[u8],
    ) -> Result<Option<&'static str>, OpenError> {
        let delimiter = delimiter(begin);
        let mut records = open_records(current, delimiter)?;
        let header = match records.headers() {
            Ok(header) => names(header),
            Err(error) => {
                self.refuse(current, 1, &format!("no header: {error}"))?;
                return Ok(None);
            }
        };
        if header.len() > MAX_COLUMNS {
            self.refuse(current, 1, "more than 4096 columns")?;
            return Ok(None);
        }
        let layout = if self.wants_own(current) { Layout::Own } else { layout(&header) };
        let shape = match layout {
            Layout::Own if !self.keeps_own(current) => return Ok(None),
            Layout::Own => "a table of its own",
            Layout::Arrivals => "arrival times",
            Layout::Provisioning | Layout::Audit => "Log Analytics CSV",
            Layout::Portal(_) => "portal CSV",
        };
        let order = date_order(current, delimiter, &header)?;
        self.warn_of_lost_columns(&header, &layout);
        let places = Places::new(&header);
        let mut record = csv::StringRecord::new();
        loop {
            match records.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    self.refuse(current, line, &csv_reason(&error))?;
                    if matches!(error.kind(), csv::ErrorKind::Io(_)) {
                        break;
                    }
                    continue;
                }
            }
            let line = record.position().map_or(0, csv::Position::line);
            if record.len() != header.len() {
                let reason = format!("{} fields where the header has {}", record.len(), header.len());
                self.refuse(current, line, &reason)?;
                continue;
            }
            self.take_fields(&layout, &places, &record, order, current);
            self.overflow()?;
        }
        Ok(Some(shape))
    }

    fn take_fields(
        &mut self,
        layout: &Layout,
        places: &Places,
        record: &csv::StringRecord,
        order: DateOrder,
        current: &Current,
    ) {
        let get = |name: &str| places.names.get(name).and_then(|place| record.get(*place)).map(Cow::Borrowed);
        let portal =
            |field: Field| places.fields.get(&field).and_then(|place| record.get(*place)).unwrap_or_default();
        let delivery = Delivery { written: current.written, envelope: None, file: current.file };
        match layout {
            Layout::Provisioning => {
                let record = log_analytics::provisioning(&get, order, &mut self.summary);
                self.push(record, delivery);
            }
            Layout::Audit => {
                let row = audit::flat(&get, order, &mut self.summary);
                self.push_audit(&row, delivery);
            }
            Layout::Arrivals => self.note_arrival(&get, order),
            Layout::Portal(portal_csv::File::Main) => {
                let record = portal_csv::provisioning(&portal, order, &self.defaults, &mut self.summary);
                self.push_portal(record, delivery);
            }
            Layout::Portal(portal_csv::File::Steps) => self.joined.step(&portal),
            Layout::Portal(portal_csv::File::Properties) => self.joined.property(&portal),
            Layout::Own => {
                let header = places.header.iter().map(String::as_str);
                self.own_table(current).push_text(header.zip(record.iter()));
            }
        }
    }

    /// A column that no log column takes is told, since its cells are not kept.
    fn warn_of_lost_columns(&mut self, header: &[String], layout: &Layout) {
        let lost: Vec<&String> = match layout {
            Layout::Provisioning => header.iter().filter(|name| !is_kept(PROVISIONING, name)).collect(),
            Layout::Audit => header.iter().filter(|name| !is_kept(AUDIT, name)).collect(),
            Layout::Portal(_) => {
                let fields = fields(header);
                header.iter().zip(fields).filter(|(_, field)| field.is_none()).map(|(name, _)| name).collect()
            }
            Layout::Arrivals | Layout::Own => Vec::new(),
        };
        for name in lost.into_iter().take(100) {
            self.summary.warn(&format!("column {} is not kept", compact(name)));
        }
    }
}

/// Which of the portal's three files a file is, by what it begins like.
pub(crate) fn portal_file(begin: &[u8]) -> Option<portal_csv::File> {
    let mut records = csv::ReaderBuilder::new().delimiter(delimiter(begin)).flexible(true).from_reader(begin);
    match layout(&names(records.headers().ok()?)) {
        Layout::Portal(file) => Some(file),
        Layout::Provisioning | Layout::Audit | Layout::Arrivals | Layout::Own => None,
    }
}

/// Where columns and fields stand in a record.
struct Places {
    header: Vec<String>,
    names: HashMap<String, usize>,
    fields: HashMap<Field, usize>,
}

impl Places {
    fn new(header: &[String]) -> Places {
        let fields =
            fields(header).into_iter().enumerate().filter_map(|(place, field)| Some((field?, place)));
        Places {
            header: header.to_vec(),
            names: header.iter().enumerate().map(|(place, name)| (name.clone(), place)).collect(),
            fields: fields.collect(),
        }
    }
}

fn open_records(current: &Current, delimiter: u8) -> Result<Records, OpenError> {
    let stream =
        current.input.source.open().map_err(|error| OpenError::unreadable(&current.input.label, &error))?;
    Ok(csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(stream))
}

/// The header's names: a zone in brackets is dropped, blanks are numbered, a repeated name gets a number.
fn names(header: &csv::StringRecord) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut names = Vec::with_capacity(header.len());
    for (place, name) in header.iter().enumerate() {
        let name = name.trim();
        let name = match name.split_once(" [") {
            Some((short, zone)) if zone.ends_with(']') => short,
            _ => name,
        };
        let name = if name.is_empty() { format!("Column{}", place + 1) } else { name.to_owned() };
        let count = seen.entry(name.clone()).and_modify(|count| *count += 1).or_insert(0);
        names.push(if *count == 0 { name } else { format!("{name}{count}") });
    }
    names
}

fn layout(header: &[String]) -> Layout {
    let has = |name: &str| header.iter().any(|column| column == name);
    match row_kind(&has, "") {
        Kind::ProvisioningRow => return Layout::Provisioning,
        Kind::AuditRow => return Layout::Audit,
        Kind::Arrival => return Layout::Arrivals,
        Kind::Container(_)
        | Kind::QueryAnswer
        | Kind::Diagnostic(_)
        | Kind::GraphProvisioning
        | Kind::GraphAudit
        | Kind::OnDemand
        | Kind::Other => {}
    }
    match portal_csv::file(&fields(header)) {
        Some(file) => Layout::Portal(file),
        None => Layout::Own,
    }
}

/// The separator that the first line has most of outside quotes.
fn delimiter(begin: &[u8]) -> u8 {
    let mut counts = [(b',', 0usize), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for byte in begin {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => counts
                .iter_mut()
                .filter(|(separator, _)| separator == byte)
                .for_each(|(_, count)| *count += 1),
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}

/// Day before month when some date of the time column cannot be read otherwise. Reads the file once more, if its
/// dates have slashes.
fn date_order(current: &Current, delimiter: u8, header: &[String]) -> Result<DateOrder, OpenError> {
    let by_field = || fields(header).iter().position(|field| *field == Some(Field::Time));
    let Some(place) = header.iter().position(|name| name == "TimeGenerated").or_else(by_field) else {
        return Ok(DateOrder::MonthFirst);
    };
    let mut records = open_records(current, delimiter)?;
    let mut record = csv::ByteRecord::new();
    while let Ok(true) = records.read_byte_record(&mut record) {
        let text = String::from_utf8_lossy(record.get(place).unwrap_or_default());
        if day_is_first(&text) {
            return Ok(DateOrder::DayFirst);
        }
        if !text.is_empty() && !text.contains('/') {
            break;
        }
    }
    Ok(DateOrder::MonthFirst)
}

fn csv_reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
        csv::ErrorKind::Io(error) => format!("reading stopped: {error}"),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_separators() {
        let header = csv::StringRecord::from(vec!["TimeGenerated [UTC]", "", "a", "a"]);
        assert_eq!(names(&header), ["TimeGenerated", "Column2", "a", "a1"]);
        assert_eq!(delimiter(b"a;b;c,d\n,,,,"), b';');
        assert_eq!(delimiter(b"\"a,b\"\tc\n"), b'\t');
        assert_eq!(delimiter(b"one"), b',');
    }
}
