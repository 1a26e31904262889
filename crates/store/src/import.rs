//! Files of every delivered shape into the store: read in parts, each event once, written as soon as enough has gathered.
//!
//! One thread takes parts and drops events that this import has seen; another sorts, packs and commits what the first
//! hands it. The bytes of each blob that are in the store are committed with its rows.

use crate::blob::{Resume, blob_of, resume};
use crate::error::StoreError;
use crate::flush::{Delivered, Flushed, Gathered, Writer};
use crate::ids::IdSet;
use crate::layout::{LogTable, day_of};
use crate::ledger::transactions;
use crate::lock::lock;
use crate::{ImportOptions, Imported, Progress, Store, pending};
use arrow::array::{Array, AsArray, BooleanArray};
use arrow::compute::{concat_batches, filter_record_batch};
use arrow::datatypes::Int64Type;
use arrow::record_batch::RecordBatch;
use calypso_logs::OpenError;
use calypso_logs::parts::{LogFile, Part, PartOptions, files, read_all};
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Bytes that rows on their way hold, if nothing else is said.
const MEMORY: usize = 512 << 20;
/// Ids that are remembered at most: about 400 MB. Those of files written before are looked up in them.
const REMEMBERED: usize = 12_000_000;
/// Bytes of text in a part.
const PART_BYTES: usize = 8 << 20;

impl Store {
    /// Takes files into the store. Blobs that were taken in before are read from where they have grown; a path that holds
    /// no logs is told in `Imported::refused`, one that is not there in `Imported::away`, and the others are taken in.
    ///
    /// # Errors
    /// A store that cannot be written or read; with `strict`, the first line that cannot be read, which keeps what was
    /// written before.
    pub fn import(
        &self,
        paths: &[PathBuf],
        options: &ImportOptions,
        progress: &dyn Fn(Progress),
    ) -> Result<Imported, StoreError> {
        let _lock = lock(self.folder(), &|| progress(Progress { waiting: true, ..Progress::default() }))?;
        pending::finish(self.folder())?;
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let writer = Writer::open(self.folder(), threads)?;
        let mut imported = Imported::default();
        let known = transactions(self.folder(), LogTable::Provisioning)?;
        let found = listed(paths, self.folder(), &known, &mut imported);
        let mut wanted = Vec::with_capacity(found.len());
        for file in found {
            let resumed = file.path().map(|path| resume(path, file.bytes(), &known)).transpose();
            match resumed {
                Err(error) => imported.refused.push(format!("cannot read {}: {error}", file.label())),
                Ok(Some(blob)) if blob.is_known() => imported.known_files += 1,
                Ok(blob) => wanted.push((file, blob.unwrap_or_default())),
            }
        }
        let mut far = Progress::default();
        far.files.1 = wanted.len() as u64;
        far.bytes.1 = wanted.iter().map(|(_, blob)| blob.size - blob.from).sum();
        progress(far);
        let open = PartOptions { open: options.open.clone(), threads, part_bytes: PART_BYTES };
        // Half gathers while the other half is written.
        let memory = options.memory.unwrap_or(MEMORY) / 2;
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel(0);
            let (tell, told) = std::sync::mpsc::channel();
            let writing = scope.spawn(move || write(writer, &receive, &tell));
            let mut reader = Reader {
                seen: Default::default(),
                gathered: Gathered::default(),
                memory,
                send,
                told,
                waits: 0,
                written: Flushed::default(),
                progress: far,
                tell: progress,
                side_files: BTreeMap::new(),
            };
            let read = reader.read_all(&wanted, &open, &mut imported);
            let written = reader.finish(read.is_ok());
            let wrote =
                writing.join().unwrap_or_else(|_| Err(StoreError("the store's writer broke".to_owned())));
            // Why it could not be written comes before that nobody took what was read.
            wrote?;
            let written = written?;
            imported.rows = written.rows;
            imported.summary.duplicates += written.duplicates;
            imported.summary.rows_read = written.rows;
            read
        })?;
        Ok(imported)
    }
}

/// The files of all paths but those of the store; a path that cannot be read, or was left by all its blobs, is noted.
fn listed(
    paths: &[PathBuf],
    store: &Path,
    known: &HashMap<String, i64>,
    imported: &mut Imported,
) -> Vec<LogFile> {
    let tables = LogTable::ALL.map(|table| store.join(table.name()).canonicalize().ok());
    let own = |path: &Path| {
        let path = path.canonicalize().ok();
        path.is_some_and(|path| tables.iter().flatten().any(|table| path.starts_with(table)))
    };
    let readable = |path: &PathBuf| match path.metadata() {
        Ok(file) if file.is_dir() => std::fs::read_dir(path).is_ok(),
        Ok(file) if file.is_file() => File::open(path).is_ok(),
        // Pipes are opened once.
        Ok(_) => true,
        Err(_) => path.as_os_str() == "-",
    };
    let mut good = Vec::with_capacity(paths.len());
    for path in paths {
        if own(path) {
            imported.refused.push(format!("{} belongs to the store itself", path.display()));
            continue;
        }
        if is_left(path, known) {
            let path = path.display();
            imported.away.push(format!("{path} is empty, and logs have been imported from it"));
            continue;
        }
        // What cannot be read may still be a pattern.
        let found = if readable(path) { Ok(()) } else { files(std::slice::from_ref(path)).map(drop) };
        match found {
            Ok(()) => good.push(path.clone()),
            Err(error) => imported.away.push(error.to_string()),
        }
    }
    let mut found = files(&good).unwrap_or_else(|error| {
        imported.away.push(error.to_string());
        Vec::new()
    });
    found.retain(|file| !file.paths().any(own));
    found
}

/// Whether a folder has nothing in it, not even a folder, though blobs of it are known: so looks the place of a disk that
/// is away.
fn is_left(path: &Path, known: &HashMap<String, i64>) -> bool {
    let empty = std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    empty
        && known
            .keys()
            .filter_map(|application| blob_of(application))
            .any(|blob| Path::new(blob).starts_with(&place))
}

/// The place of the file that an error is about.
fn at_fault(error: &OpenError, files: &[(LogFile, u64)]) -> Option<usize> {
    let (OpenError::Unreadable { path, .. } | OpenError::Unknown { path, .. } | OpenError::NotFound { path }) =
        error
    else {
        return None;
    };
    let is_of =
        |file: &LogFile| file.label() == path || file.paths().any(|part| part.as_os_str() == path.as_str());
    files.iter().position(|(file, _)| is_of(file))
}

fn writer_ended() -> StoreError {
    StoreError("the store's writer has ended".to_owned())
}

/// Writes what comes until no more comes.
fn write(
    mut writer: Writer,
    receive: &Receiver<Gathered>,
    tell: &std::sync::mpsc::Sender<Flushed>,
) -> Result<(), StoreError> {
    while let Ok(gathered) = receive.recv() {
        let flushed = writer.flush(gathered)?;
        // Nobody listens when reading has failed.
        let _ = tell.send(flushed);
    }
    Ok(())
}

/// Takes parts, and hands on what has gathered.
struct Reader<'a> {
    /// Ids of provisioning rows, and of audit rows.
    seen: [IdSet; 2],
    gathered: Gathered,
    memory: usize,
    send: SyncSender<Gathered>,
    told: Receiver<Flushed>,
    /// How many times it has been handed something and has not said that it is done.
    waits: usize,
    written: Flushed,
    progress: Progress,
    tell: &'a dyn Fn(Progress),
    /// Side files are done when every event that they tell of is known.
    side_files: BTreeMap<String, i64>,
}

/// Why reading a file ended.
enum Ended {
    File(OpenError),
    Store(StoreError),
}

impl From<OpenError> for Ended {
    fn from(error: OpenError) -> Ended {
        Ended::File(error)
    }
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Ended {
        Ended::Store(error)
    }
}

impl Reader<'_> {
    /// Reads all files; one that holds no logs is noted, and the others are read.
    fn read_all(
        &mut self,
        wanted: &[(LogFile, Resume)],
        options: &PartOptions,
        imported: &mut Imported,
    ) -> Result<(), StoreError> {
        let files: Vec<_> = wanted.iter().map(|(file, blob)| (file.clone(), blob.from)).collect();
        let mut before = vec![0];
        before.extend(wanted.iter().scan(0, |bytes, (_, blob)| {
            *bytes += blob.size - blob.from;
            Some(*bytes)
        }));
        let mut begin = 0;
        while let Some(rest) = files.get(begin..).filter(|rest| !rest.is_empty()) {
            let mut place: Option<(usize, Place<'_>)> = None;
            let mut take = |file: usize, part| {
                let file = begin + file;
                if place.as_ref().is_some_and(|(known, _)| *known != file) {
                    place = None;
                }
                let (_, place) = place.get_or_insert_with(|| (file, Place::of(&wanted[file].1)));
                self.progress.files.0 = file as u64;
                self.progress.bytes.0 = before[file];
                self.take(part, place, imported).map_err(Ended::Store)
            };
            match read_all(rest, options, &mut take) {
                Ok(()) => begin = files.len(),
                Err(Ended::Store(error)) => return Err(error),
                Err(Ended::File(error)) => {
                    let Some(at) = at_fault(&error, rest) else { return Err(error.into()) };
                    imported.refused.push(error.to_string());
                    begin += at + 1;
                }
            }
        }
        self.progress.files.0 = self.progress.files.1;
        self.progress.bytes.0 = self.progress.bytes.1;
        self.say();
        Ok(())
    }

    /// Takes a part.
    fn take(&mut self, part: Part, place: &mut Place<'_>, imported: &mut Imported) -> Result<(), StoreError> {
        imported.summary.add(part.summary);
        let [skip, skip_audit] = place.skip;
        let provisioning = after(&part.provisioning, skip);
        let delivery = after(&part.delivery, skip);
        let audit = after(&part.audit, skip_audit);
        place.pass(rows_of(&part.provisioning), rows_of(&part.audit));
        let bytes: usize =
            part.provisioning.iter().chain(&part.audit).map(RecordBatch::get_array_memory_size).sum();
        let mut duplicates = self.take_rows(LogTable::Provisioning, &provisioning, &delivery)?;
        duplicates += self.take_rows(LogTable::Audit, &audit, &[])?;
        imported.summary.duplicates += duplicates;
        self.gathered.bytes += bytes;
        place.tells |= rows_of(&part.told) > 0;
        self.gathered.told.extend(part.told);
        if let Some(application) = &place.blob.application {
            self.note(application, place, part.end);
        }
        self.progress.bytes.0 += part.end.saturating_sub(place.blob.from);
        if self.gathered.bytes >= self.memory {
            self.hand_on()?;
        }
        self.say();
        Ok(())
    }

    /// Notes how far a blob has come.
    fn note(&mut self, application: &str, place: &Place<'_>, end: u64) {
        let number = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
        let counters = place.blob.counters().into_iter().flatten().zip(place.rows);
        if end > 0 && place.tells {
            self.side_files.insert(application.to_owned(), number(end));
        } else if end > 0 {
            self.gathered.read.insert(application.to_owned(), number(end));
            for (counter, _) in counters {
                self.gathered.read.remove(&counter);
            }
        } else {
            let counted =
                counters.filter(|(_, rows)| *rows > 0).map(|(counter, rows)| (counter, number(rows)));
            self.gathered.read.extend(counted);
        }
    }

    /// Takes the rows of a table whose Ids have not been seen, and all their deliveries; gives how many were not taken.
    fn take_rows(
        &mut self,
        table: LogTable,
        rows: &[RecordBatch],
        deliveries: &[RecordBatch],
    ) -> Result<u64, StoreError> {
        let count = rows_of(rows) as usize;
        if count == 0 {
            return Ok(0);
        }
        let seen = &mut self.seen[usize::from(table == LogTable::Audit)];
        let (id, time) = table.place("Id").zip(table.place("TimeGenerated")).unwrap_or_default();
        let mut first = Vec::with_capacity(count);
        for batch in rows {
            let times = batch.column(time).as_primitive::<Int64Type>();
            for (row, id) in batch.column(id).as_string_view().iter().enumerate() {
                let id = id.unwrap_or_default();
                let time = times.is_valid(row).then(|| times.value(row));
                first.push((id.is_empty() || seen.insert(id), day_of(time)));
            }
        }
        let new = first.iter().filter(|(first, _)| *first).count();
        let into = match table {
            LogTable::Audit => &mut self.gathered.audit,
            LogTable::Provisioning | LogTable::Delivery => &mut self.gathered.provisioning,
        };
        let mut at = 0;
        for batch in rows {
            let here = &first[at..at + batch.num_rows()];
            at += batch.num_rows();
            if here.iter().all(|(first, _)| *first) {
                into.push(batch.clone());
            } else if here.iter().any(|(first, _)| *first) {
                let keep: BooleanArray = here.iter().map(|(first, _)| Some(*first)).collect();
                into.push(filter_record_batch(batch, &keep)?);
            }
        }
        if let Some(some) = deliveries.first() {
            let rows = concat_batches(&some.schema(), deliveries)?;
            self.gathered.delivered.push(Delivered { rows, first });
        }
        Ok((count - new) as u64)
    }

    /// Hands what has gathered to the writer.
    fn hand_on(&mut self) -> Result<(), StoreError> {
        self.gathered.forgotten = self.seen.iter().map(IdSet::len).sum::<usize>() > REMEMBERED;
        if self.gathered.forgotten {
            self.seen.iter_mut().for_each(IdSet::clear);
        }
        let gathered = std::mem::take(&mut self.gathered);
        self.send.send(gathered).map_err(|_| writer_ended())?;
        self.waits += 1;
        while let Ok(flushed) = self.told.try_recv() {
            self.count(flushed);
        }
        Ok(())
    }

    fn count(&mut self, flushed: Flushed) {
        self.waits -= 1;
        self.written.rows += flushed.rows;
        self.written.duplicates += flushed.duplicates;
        self.written.untold += flushed.untold;
        self.progress.rows = self.written.rows;
    }

    /// Hands on the rest, also when reading ended early: what was read before is kept. Side files are done when the
    /// store knows every event that they tell of.
    fn finish(mut self, whole: bool) -> Result<Flushed, StoreError> {
        self.hand_on()?;
        while self.waits > 0 {
            let flushed = self.told.recv().map_err(|_| writer_ended())?;
            self.count(flushed);
        }
        if whole && self.written.untold == 0 {
            self.gathered.read = std::mem::take(&mut self.side_files);
            self.hand_on()?;
        }
        Ok(self.written)
    }

    fn say(&self) {
        (self.tell)(self.progress);
    }
}

/// How far reading a blob has come.
struct Place<'a> {
    blob: &'a Resume,
    /// Rows of both tables so far.
    rows: [u64; 2],
    /// Rows of both tables that are in the store and still to come.
    skip: [u64; 2],
    /// Whether it tells of deliveries.
    tells: bool,
}

impl Place<'_> {
    fn of(blob: &Resume) -> Place<'_> {
        Place { blob, rows: [0; 2], skip: blob.rows, tells: false }
    }

    /// Counts the rows of a part.
    fn pass(&mut self, provisioning: u64, audit: u64) {
        for (at, rows) in [provisioning, audit].into_iter().enumerate() {
            self.rows[at] += rows;
            self.skip[at] = self.skip[at].saturating_sub(rows);
        }
    }
}

fn rows_of(batches: &[RecordBatch]) -> u64 {
    batches.iter().map(|batch| batch.num_rows() as u64).sum()
}

/// The rows after the first so many.
fn after(batches: &[RecordBatch], skip: u64) -> Vec<RecordBatch> {
    let mut skip = usize::try_from(skip).unwrap_or(usize::MAX);
    let mut rest = Vec::with_capacity(batches.len());
    for batch in batches {
        let here = skip.min(batch.num_rows());
        skip -= here;
        if here < batch.num_rows() {
            rest.push(batch.slice(here, batch.num_rows() - here));
        }
    }
    rest
}
