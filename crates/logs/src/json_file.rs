//! JSON files: records of any shape, alone or in containers, or rows of a table of its own.

use crate::classify::{Category, Kind, classify, classify_with, query_tables, row_kind};
use crate::collect::Delivery;
use crate::json_scan::{Scanned, is_valid, scan};
use crate::json_stream::{Items, Layout, layout};
use crate::json_text::{Object, elements, scalar_text, validate};
use crate::line_chunks::{Chunk, LineChunks, lines};
use crate::open::OpenError;
use crate::reader::{Current, Reader};
use crate::record::{AUDIT, PROVISIONING, is_kept};
use crate::shapes::{audit, diagnostic, graph, log_analytics};
use crate::source::MAX_ELEMENT;
use crate::times::{DateOrder, parse_time};
use calypso_library::Type;
use std::borrow::Cow;
use std::io::BufRead;
use std::sync::Arc;

/// What the file has shown so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mode {
    Undecided,
    /// Reading goes on within a file of logs.
    Resumed,
    Logs(&'static str),
    Own,
}

impl Mode {
    /// The shape in words, once it is known to be one of logs.
    pub(crate) fn shape(self) -> Option<&'static str> {
        match self {
            Mode::Undecided => None,
            Mode::Resumed => Some("JSON lines"),
            Mode::Logs(shape) => Some(shape),
            Mode::Own => Some(Kind::Other.words()),
        }
    }
}

/// What taking lines did.
pub(crate) struct TakenLines {
    /// False when the file is no log and no table is wanted.
    pub(crate) known: bool,
    /// Bytes that need not be read again: all but a last line that may still grow.
    pub(crate) bytes: usize,
}

const DIAGNOSTIC: Kind = Kind::Diagnostic(Category::Provisioning);
pub(crate) const HALF_WRITTEN: &str = "the last line is half written";

impl Reader<'_> {
    /// Reads JSON; gives the shape, or `None` when it is no log and no table is wanted.
    pub(crate) fn read_json(
        &mut self,
        current: &Current,
        begin: &[u8],
    ) -> Result<Option<&'static str>, OpenError> {
        let unreadable = |error: std::io::Error| OpenError::unreadable(&current.input.label, &error);
        let refused = self.summary.refused;
        let mut mode = match current.from {
            _ if self.wants_own(current) => Mode::Own,
            0 => Mode::Undecided,
            _ => Mode::Resumed,
        };
        let known = match layout(begin) {
            Layout::Lines => {
                let stream = current.input.source.open_from(current.from).map_err(unreadable)?;
                self.read_lines(stream, current, &mut mode)?
            }
            Layout::Values => {
                let stream = current.input.source.open().map_err(unreadable)?;
                self.read_values(stream, current, &mut mode)?
            }
        };
        if !known {
            return Ok(None);
        }
        Ok(match mode {
            Mode::Undecided if self.summary.refused > refused && current.input.named => {
                Some("nothing readable")
            }
            Mode::Undecided if is_empty_array(begin) => Some("empty"),
            mode => mode.shape(),
        })
    }

    fn read_lines(
        &mut self,
        stream: Box<dyn BufRead>,
        current: &Current,
        mode: &mut Mode,
    ) -> Result<bool, OpenError> {
        let mut chunks = LineChunks::new(stream, self.chunk_bytes(), MAX_ELEMENT);
        while let Some(chunk) = chunks.next() {
            let taken = self.take_lines(&chunk, current, mode)?;
            if !taken.known {
                return Ok(false);
            }
            // What is broken so far may still turn out to be no log.
            if *mode != Mode::Undecided {
                self.taken_to(current, chunk.begin + taken.bytes as u64, chunk.last)?;
            }
        }
        Ok(true)
    }

    /// Takes the lines of a chunk.
    pub(crate) fn take_lines(
        &mut self,
        chunk: &Chunk,
        current: &Current,
        mode: &mut Mode,
    ) -> Result<TakenLines, OpenError> {
        let mut taken = TakenLines { known: true, bytes: chunk.bytes.len() };
        for (place, number, line, unfinished) in lines(chunk) {
            let refused = self.summary.refused;
            taken.known = self.take_line(line, unfinished, number, current, mode)?;
            if !taken.known {
                return Ok(taken);
            }
            if unfinished && self.summary.refused > refused {
                taken.bytes = place;
            }
        }
        if let Some((line, reason)) = &chunk.broken {
            self.refuse(current, *line, reason)?;
        }
        Ok(taken)
    }

    /// What the lines of a chunk show a file to be; `None` when it is no log, or not to be told by them.
    pub(crate) fn told_by(&mut self, chunk: &Chunk, current: &Current, mut mode: Mode) -> Option<Mode> {
        for (_, number, line, unfinished) in lines(chunk) {
            let known = self.take_line(line, unfinished, number, current, &mut mode);
            if !matches!(known, Ok(true)) {
                return None;
            }
            if matches!(mode, Mode::Logs(_)) {
                return Some(mode);
            }
        }
        None
    }

    fn read_values(
        &mut self,
        stream: Box<dyn BufRead>,
        current: &Current,
        mode: &mut Mode,
    ) -> Result<bool, OpenError> {
        let mut items = Items::new(stream);
        loop {
            let item = match items.next() {
                Ok(Some(item)) => item,
                Ok(None) => return Ok(true),
                // A packed file that is cut off: what came before it counts.
                Err(error) => {
                    self.refuse(current, 0, &format!("reading stopped: {error}"))?;
                    return Ok(true);
                }
            };
            let known = match item.broken {
                Some(broken) => {
                    self.refuse(current, item.line, broken)?;
                    true
                }
                None => self.take_line(&item.bytes, item.unfinished, item.line, current, mode)?,
            };
            if !known {
                return Ok(false);
            }
            self.overflow()?;
        }
    }

    /// Takes bytes that should be one JSON value.
    fn take_line(
        &mut self,
        bytes: &[u8],
        unfinished: bool,
        line: u64,
        current: &Current,
        mode: &mut Mode,
    ) -> Result<bool, OpenError> {
        if *mode != Mode::Own
            && let Ok(text) = std::str::from_utf8(bytes)
            && self.take_ordinary(text, current)
        {
            if matches!(mode, Mode::Undecided | Mode::Resumed) {
                *mode = Mode::Logs(DIAGNOSTIC.words());
            }
            return Ok(true);
        }
        match readable(bytes, unfinished) {
            Ok(text) => self.take_value(text, current, line, mode),
            Err(reason) => match several(bytes) {
                Some(values) => {
                    let mut known = true;
                    for value in values {
                        known &= self.take_value(&value, current, line, mode)?;
                    }
                    Ok(known)
                }
                None => {
                    self.refuse(current, line, &reason)?;
                    Ok(true)
                }
            },
        }
    }

    /// Takes a diagnostic record as it is ordinarily written, in one pass over its text; false when it is anything
    /// else, and nothing has been taken.
    fn take_ordinary(&mut self, text: &str, current: &Current) -> bool {
        let Some(Scanned { object, properties: Some(properties), is_plain }) = scan(text) else {
            return false;
        };
        let Kind::Diagnostic(category) = classify_with(&object, Some(&properties)) else {
            return false;
        };
        let delivery = Delivery { written: current.written, envelope: None, file: current.file };
        self.take_properties(&object, &properties, is_plain, category, delivery);
        true
    }

    /// Takes one JSON value, containers by their elements. False when the file is no log and no table is wanted.
    fn take_value(
        &mut self,
        text: &str,
        current: &Current,
        line: u64,
        mode: &mut Mode,
    ) -> Result<bool, OpenError> {
        let (leaves, container) = leaves(text);
        if let (Mode::Undecided | Mode::Resumed, Some(name), true) = (*mode, container, leaves.is_empty()) {
            *mode = Mode::Logs(Kind::Container(name).words());
        }
        for leaf in leaves {
            if *mode != Mode::Own && self.take_ordinary(leaf, current) {
                if matches!(mode, Mode::Undecided | Mode::Resumed) {
                    *mode = Mode::Logs(container.map_or(DIAGNOSTIC, Kind::Container).words());
                }
                continue;
            }
            let object = Object::parse(leaf);
            if *mode == Mode::Own {
                self.push_own(leaf, object.as_ref(), current);
                continue;
            }
            let kind = object.as_ref().map_or(Kind::Other, classify);
            if let Some(object) = object.as_ref().filter(|_| kind != Kind::Other)
                && self.take_record(object, kind, current, line)?
            {
                if matches!(mode, Mode::Undecided | Mode::Resumed) {
                    *mode = Mode::Logs(container.map_or(kind, Kind::Container).words());
                }
                continue;
            }
            match mode {
                Mode::Logs(_) | Mode::Resumed => self.refuse(current, line, "not a log record")?,
                Mode::Undecided if !self.keeps_own(current) => return Ok(false),
                Mode::Undecided | Mode::Own => {
                    *mode = Mode::Own;
                    self.push_own(leaf, object.as_ref(), current);
                }
            }
        }
        Ok(true)
    }

    fn push_own(&mut self, leaf: &str, object: Option<&Object<'_>>, current: &Current) {
        let table = self.own_table(current);
        let whole = match object {
            Some(object) => table.push_json(object.members().iter().map(|(name, raw)| (name.as_ref(), *raw))),
            None => table.push_json(std::iter::once(("Value", leaf))),
        };
        if !whole {
            self.summary.warn("columns beyond 4096 are not kept");
        }
    }

    /// Takes one record of a known shape; false when it turns out to be none.
    fn take_record(
        &mut self,
        object: &Object<'_>,
        kind: Kind,
        current: &Current,
        line: u64,
    ) -> Result<bool, OpenError> {
        let delivery = Delivery { written: current.written, envelope: None, file: current.file };
        match kind {
            Kind::Diagnostic(category) => self.take_diagnostic(object, category, delivery),
            Kind::GraphProvisioning => self.take_graph(object, delivery),
            Kind::GraphAudit => {
                let row = audit::graph(object, &self.defaults, &mut self.summary);
                self.push_audit(&row, delivery);
            }
            Kind::OnDemand => {
                let texts = graph::on_demand_texts(object);
                let objects: Vec<_> = texts.iter().filter_map(|text| Object::parse(text)).collect();
                if objects.is_empty() {
                    self.refuse(current, line, "the answer's value is not JSON")?;
                }
                objects.iter().for_each(|object| self.take_graph(object, delivery));
            }
            Kind::ProvisioningRow | Kind::AuditRow => self.take_row(object, kind, delivery),
            Kind::QueryAnswer => return self.take_answer(object, current),
            Kind::Arrival => {
                let get = |name: &str| object.raw(name).map(scalar_text);
                self.note_arrival(&get, DateOrder::MonthFirst);
            }
            Kind::Container(_) | Kind::Other => return Ok(false),
        }
        Ok(true)
    }

    fn take_diagnostic(&mut self, envelope: &Object<'_>, category: Category, delivery: Delivery) {
        let written_as_text = envelope.get("properties").filter(|raw| raw.starts_with('"')).map(scalar_text);
        let valid = written_as_text.filter(|text| validate(text).is_ok());
        let properties = match &valid {
            Some(text) => Object::parse(text).unwrap_or_default(),
            None => envelope.object("properties").unwrap_or_default(),
        };
        self.take_properties(envelope, &properties, false, category, delivery);
    }

    /// `is_plain` says that nested values are written as the table has them.
    fn take_properties(
        &mut self,
        envelope: &Object<'_>,
        properties: &Object<'_>,
        is_plain: bool,
        category: Category,
        delivery: Delivery,
    ) {
        let envelope_time = parse_time(&envelope.text("time"), DateOrder::MonthFirst);
        let delivery = Delivery { envelope: envelope_time, ..delivery };
        match category {
            Category::Provisioning => {
                let defaults = Arc::clone(&self.defaults);
                let summary = &mut self.summary;
                let record = diagnostic::provisioning(envelope, properties, is_plain, &defaults, summary);
                self.push(record, delivery);
            }
            Category::Audit => {
                let row = audit::diagnostic(envelope, properties, &self.defaults, &mut self.summary);
                self.push_audit(&row, delivery);
            }
            Category::Foreign => {
                self.summary.warn(&format!("records of category {} passed over", envelope.text("category")));
            }
        }
    }

    fn take_graph(&mut self, object: &Object<'_>, delivery: Delivery) {
        let defaults = Arc::clone(&self.defaults);
        let record = graph::provisioning(object, &defaults, &mut self.summary);
        self.push(record, delivery);
    }

    /// A row with the table's column names. What az CLI writes for null is the text `None`.
    fn take_row(&mut self, object: &Object<'_>, kind: Kind, delivery: Delivery) {
        let from_az = object.has("TableName");
        let get = |name: &str| {
            let text = scalar_text(object.raw(name)?);
            Some(if from_az && text == "None" { Cow::Borrowed("") } else { text })
        };
        let columns = if kind == Kind::AuditRow { AUDIT } else { PROVISIONING };
        for (name, _) in object.members().iter().filter(|(name, _)| !is_kept(columns, name)) {
            self.summary.warn(&format!("column {name} is not kept"));
        }
        if kind == Kind::AuditRow {
            let row = audit::flat(&get, DateOrder::MonthFirst, &mut self.summary);
            self.push_audit(&row, delivery);
        } else {
            let record = log_analytics::provisioning(&get, DateOrder::MonthFirst, &mut self.summary);
            self.push(record, delivery);
        }
    }

    /// The tables of a Query API answer; those that are no logs become tables of their own. False when there are only
    /// such and no table is wanted.
    fn take_answer(&mut self, answer: &Object<'_>, current: &Current) -> Result<bool, OpenError> {
        if let Some(error) = answer.object("error") {
            self.summary.warn(&format!("the answer is incomplete: {}", error.text("message")));
        }
        let mut taken = false;
        for table in query_tables(answer).unwrap_or_default() {
            let columns: Vec<(String, Type)> = elements(table.get("columns").unwrap_or("[]"))
                .unwrap_or_default()
                .into_iter()
                .filter_map(Object::parse)
                .map(|column| {
                    // The older form of the API says `ColumnName` and `ColumnType`.
                    let told =
                        |name: &str, old: &str| column.filled(name).unwrap_or_else(|| column.text(old));
                    let ty = Type::from_name(&told("type", "ColumnType")).unwrap_or(Type::String);
                    (told("name", "ColumnName").into_owned(), ty)
                })
                .collect();
            taken |= self.take_answer_table(&table, &columns, current)?;
        }
        Ok(taken)
    }

    fn take_answer_table(
        &mut self,
        table: &Object<'_>,
        columns: &[(String, Type)],
        current: &Current,
    ) -> Result<bool, OpenError> {
        let has = |name: &str| columns.iter().any(|(column, _)| column == name);
        let kind = row_kind(&has, "");
        let is_log = matches!(kind, Kind::ProvisioningRow | Kind::AuditRow);
        if !is_log && !self.keeps_own(current) {
            return Ok(false);
        }
        let delivery = Delivery { written: current.written, envelope: None, file: current.file };
        let place = if is_log {
            None
        } else {
            let place = self.add_own(&current.input.stem);
            for (name, ty) in columns {
                self.own_at(place).column(name, Some(*ty));
            }
            Some(place)
        };
        for row in elements(table.get("rows").unwrap_or("[]")).unwrap_or_default() {
            let cells = elements(row).unwrap_or_default();
            if cells.len() != columns.len() {
                self.refuse(current, 0, "a row with another number of cells than columns")?;
                continue;
            }
            let pairs =
                columns.iter().zip(cells).map(|((name, _), cell)| (Cow::Borrowed(name.as_str()), cell));
            let object = Object::from_pairs(pairs.collect());
            match place {
                None => self.take_row(&object, kind, delivery),
                Some(place) => {
                    let members = object.members().iter().map(|(name, raw)| (name.as_ref(), *raw));
                    self.own_at(place).push_json(members);
                }
            }
        }
        Ok(true)
    }
}

/// The records inside a value, and the container they lie in.
fn leaves(text: &str) -> (Vec<&str>, Option<&'static str>) {
    if let Some(all) = elements(text) {
        return (all, None);
    }
    let Some(object) = Object::parse(text) else {
        return (vec![text], None);
    };
    match classify(&object) {
        Kind::Container(name) => (object.get(name).and_then(elements).unwrap_or_default(), Some(name)),
        _ => (vec![text], None),
    }
}

fn is_empty_array(begin: &[u8]) -> bool {
    let text: Vec<u8> = begin.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    text == b"[]"
}

/// The text of a value, or why there is none.
fn readable(bytes: &[u8], unfinished: bool) -> Result<&str, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let cut = unfinished && error.error_len().is_none();
        if cut { HALF_WRITTEN } else { "not UTF-8" }.to_owned()
    })?;
    if is_valid(text) {
        return Ok(text);
    }
    match validate(text) {
        Ok(()) => Ok(text),
        Err(error) if error.is_eof() && unfinished => Err(HALF_WRITTEN.to_owned()),
        Err(error) => Err(format!("not JSON: {error}")),
    }
}

/// The values of a line that holds several, as captured event hub messages do; `None` when any of them is broken.
fn several(bytes: &[u8]) -> Option<Vec<String>> {
    if !bytes.windows(2).any(|pair| pair == b"}{") {
        return None;
    }
    let mut items = Items::new(bytes);
    let mut values = Vec::new();
    while let Ok(Some(item)) = items.next() {
        if item.broken.is_some() {
            return None;
        }
        values.push(readable(&item.bytes, item.unfinished).ok()?.to_owned());
    }
    (values.len() > 1).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::OpenOptions;
    use crate::paths::Input;
    use crate::source::Source;
    use proptest::prelude::*;

    const RECORD: &str = r#"{"time":"2026-03-01T10:00:00.1234567Z","category":"ProvisioningLogs","resultType":"Success","durationMs":"5","correlationId":"c1","tenantId":"t","properties":{"id":"e1","activityDateTime":"2026-03-01T10:00:00.1234567Z","changeId":"c1","action":"Update","initiatedBy":"{\"Id\": 1}","sourceIdentity":{"Id":"s\"1","Name":"Zoë","details":{"n":[1,2.5e1]}},"modifiedProperties":[{"displayName":"a","newValue":"\u0041"}],"provisioningStatusInfo":{"Status":"failure","errorInformation":{"errorCode":"E","errorCategory":"nonServiceFailure"}},"provisioningSteps":[],"cycleId":null}}"#;

    /// What is taken in one pass is what the other way takes.
    fn check(text: &str) -> bool {
        let options = OpenOptions { workspace_id: "w".into(), ..OpenOptions::default() };
        let source = Source::Memory(text.as_bytes().into());
        let input = Input { source, label: "l".into(), stem: "l".into(), named: true };
        let current = Current::new(input, 0, 0, text.as_bytes()).unwrap();
        let mut one = Reader::in_parts(&options, None);
        if !one.take_ordinary(text, &current) {
            return false;
        }
        assert!(validate(text).is_ok(), "{text}");
        let mut other = Reader::in_parts(&options, None);
        let object = Object::parse(text).unwrap();
        assert!(matches!(leaves(text), (all, None) if all == [text]));
        assert!(other.take_record(&object, classify(&object), &current, 1).unwrap());
        let (one, other) = (one.drain(0).unwrap(), other.drain(0).unwrap());
        assert_eq!(one.provisioning, other.provisioning, "{text}");
        assert_eq!((one.delivery, one.audit), (other.delivery, other.audit));
        assert_eq!(one.summary.warnings, other.summary.warnings);
        true
    }

    #[test]
    fn ordinary_records_are_taken_in_one_pass() {
        assert!(check(RECORD));
        assert!(check(&RECORD.replace(r"\u0041", "A")));
        assert!(check(&RECORD.replace(':', " : ")));
        assert!(check(&RECORD.replace("\"category\"", "\"Category\"")));
        assert!(check(&RECORD.replace("ProvisioningLogs", "AuditLogs")));
        assert!(!check(&RECORD.replace("\"properties\"", "\"Properties\"")));
        assert!(!check("{\"name\":1}"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

        #[test]
        fn damaged_records_are_taken_alike_or_not_at_once(
            damage in proptest::collection::vec(
                (any::<prop::sample::Index>(), 0usize..6, r#"["\\/{}\[\],: \nue0.-]{0,3}|\PC|"id":2,"#), 1..3),
        ) {
            let mut text = RECORD.to_owned();
            for (place, drop, put) in damage {
                let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                let begin = floor(place.index(text.len()));
                let end = floor(begin + drop).max(begin);
                text.replace_range(begin..end, &put);
            }
            check(&text);
        }
    }
}
