//! What one thread reads at a time: a whole file, some lines of one, or a row group of one.

use super::{LogFile, Part, PartOptions};
use crate::column_stream::log_row_groups;
use crate::json_file::Mode;
use crate::json_stream::{Layout, layout};
use crate::line_chunks::{Chunk, LineChunks};
use crate::open::OpenError;
use crate::reader::{Current, Giving, HEAD, Reader};
use crate::source::{Container, MAX_ELEMENT, container, head};

/// A file cut into fewer bytes than these is not worth the threads.
const LEAST_CHUNK: usize = 1 << 20;
/// Bytes that packed text becomes for each of its bytes, about.
const UNPACKED: u64 = 8;

/// What one thread reads at a time. Files are meant by their place in the list.
pub(super) enum Job {
    /// A file from beginning to end, in as many parts as it needs.
    Whole { file: usize },
    /// Lines of a file that is known to be logs.
    Lines { file: usize, current: Current, mode: Mode, chunk: Chunk },
    /// A row group of a Parquet file of logs.
    Group { file: usize, current: Current, group: usize, last: bool },
}

/// What a job gives.
pub(super) struct Given {
    pub(super) file: usize,
    pub(super) part: Part,
    /// The shape of the file, with the last part of a file that several jobs read.
    pub(super) closes: Option<&'static str>,
}

pub(super) type Give<'g> = dyn FnMut(Given) -> Result<(), OpenError> + 'g;

/// Reads what a job says.
pub(super) fn run(
    job: Job,
    files: &[(LogFile, u64)],
    options: &PartOptions,
    give: &mut Give<'_>,
) -> Result<(), OpenError> {
    match job {
        Job::Whole { file } => {
            let (log_file, from) = &files[file];
            read_whole(log_file, *from, options, &mut |part| give(Given { file, part, closes: None }))
        }
        Job::Lines { file, current, mut mode, chunk } => {
            let mut reader = Reader::in_parts(&options.open, None);
            reader.new_file(&current.input.label);
            let taken = reader.take_lines(&chunk, &current, &mut mode)?;
            let end = match current.begins_at {
                Some(begin) => begin + chunk.begin + taken.bytes as u64,
                None if chunk.last => current.size,
                None => 0,
            };
            let closes = if chunk.last { mode.shape() } else { None };
            give(Given { file, part: reader.drain(end)?, closes })
        }
        Job::Group { file, current, group, last } => {
            let mut give_part = |part| give(Given { file, part, closes: None });
            let giving = Giving { bytes: options.part_bytes, give: &mut give_part };
            let mut reader = Reader::in_parts(&options.open, Some(giving));
            reader.new_file(&current.input.label);
            let shape = reader.read_column_parts(&current, Container::Parquet, Some(group))?;
            let part = reader.drain(if last { current.size } else { 0 })?;
            drop(reader);
            give(Given { file, part, closes: if last { shape.or(Some("Parquet")) } else { None } })
        }
    }
}

fn read_whole(
    file: &LogFile,
    from: u64,
    options: &PartOptions,
    give: &mut dyn FnMut(Part) -> Result<(), OpenError>,
) -> Result<(), OpenError> {
    let mut reader =
        Reader::in_parts(&options.open, Some(Giving { bytes: options.part_bytes, give: &mut *give }));
    let mut end = 0;
    for input in &file.inputs {
        match reader.read(input.clone(), from) {
            Ok(()) => end += reader.taken_to.unwrap_or(0),
            Err(OpenError::Unreadable { reason, .. }) if !input.named => {
                reader.summary.unreadable(&input.label, &reason);
            }
            Err(error) => return Err(error),
        }
    }
    let part = reader.drain(end)?;
    drop(reader);
    give(part)
}

/// Cuts a file into jobs and sends each away; false when nobody takes them.
pub(super) fn cut(
    file: usize,
    files: &[(LogFile, u64)],
    options: &PartOptions,
    send: &mut dyn FnMut(Job) -> bool,
) -> bool {
    cut_lines_or_groups(file, files, options, send).unwrap_or_else(|| send(Job::Whole { file }))
}

/// As `cut`; `None` before anything was sent when the file is best read by one thread.
fn cut_lines_or_groups(
    file: usize,
    files: &[(LogFile, u64)],
    options: &PartOptions,
    send: &mut dyn FnMut(Job) -> bool,
) -> Option<bool> {
    let (log_file, from) = &files[file];
    let [input] = log_file.inputs.as_slice() else {
        return None;
    };
    let size = input.source.size();
    let bytes = size.saturating_mul(if input.source.is_packed().ok()? { UNPACKED } else { 1 });
    let chunk = match files.len() {
        // Alone, it is shared among all threads.
        1 => (usize::try_from(bytes).ok()? / (2 * options.threads.max(1))).max(LEAST_CHUNK),
        _ => options.part_bytes,
    };
    let chunk = chunk.min(options.part_bytes);
    if bytes <= chunk as u64 {
        return None;
    }
    let begin = head(&input.source, HEAD).ok()?;
    let current = Current::new(input.clone(), 0, *from, &begin).ok()?;
    match container(&begin) {
        Container::Json if layout(&begin) == Layout::Lines => cut_lines(file, current, chunk, options, send),
        Container::Parquet => {
            let groups = log_row_groups(&input.source).filter(|groups| *groups > 1)?;
            Some((0..groups).all(|group| {
                let last = group + 1 == groups;
                send(Job::Group { file, current: current.clone(), group, last })
            }))
        }
        Container::Json
        | Container::Text
        | Container::ArrowFile
        | Container::ArrowStream
        | Container::Empty
        | Container::Unknown => None,
    }
}

fn cut_lines(
    file: usize,
    current: Current,
    bytes: usize,
    options: &PartOptions,
    send: &mut dyn FnMut(Job) -> bool,
) -> Option<bool> {
    let stream = current.input.source.open_from(current.from).ok()?;
    let mut chunks = LineChunks::new(stream, bytes, MAX_ELEMENT);
    let first = chunks.next()?;
    let begins = if current.from > 0 { Mode::Resumed } else { Mode::Undecided };
    let mode = Reader::in_parts(&options.open, None).told_by(&first, &current, begins)?;
    let mut next = Some(first);
    while let Some(chunk) = next {
        if !send(Job::Lines { file, current: current.clone(), mode, chunk }) {
            return Some(false);
        }
        next = chunks.next();
    }
    Some(true)
}
