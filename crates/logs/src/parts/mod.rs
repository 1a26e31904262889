//! Reads files part by part, for who keeps rows elsewhere than in memory: nothing is collected, no Id is remembered.
//!
//! In: paths. Out: files in the order in which they should be read, and of each its parts in their order. Several files,
//! and the stretches of one, are parsed side by side. A file of JSON lines that has grown is read on from where its last
//! part ended.

mod job;
mod side_by_side;

use crate::csv_file::portal_file;
use crate::open::{OpenError, OpenOptions};
use crate::paths::{self, Input};
use crate::reader::{Current, HEAD, rank};
use crate::shapes::portal_csv;
use crate::source::{Container, container, head};
use crate::summary::Summary;
use arrow::record_batch::RecordBatch;
use std::path::{Path, PathBuf};

/// What is read as one: a file, or the portal's CSV files, which are joined with each other.
#[derive(Clone, Debug)]
pub struct LogFile {
    /// Never empty.
    inputs: Vec<Input>,
}

impl LogFile {
    /// Where it lies, the first of several; `None` for standard input.
    pub fn path(&self) -> Option<&Path> {
        self.inputs[0].source.path()
    }

    /// Where all of it lies.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.inputs.iter().filter_map(|input| input.source.path())
    }

    /// The file as messages name it.
    pub fn label(&self) -> &str {
        &self.inputs[0].label
    }

    /// Its bytes on disk, of several together.
    pub fn bytes(&self) -> u64 {
        self.inputs.iter().map(|input| input.source.size()).sum()
    }

    /// The byte that reading begins at when it should at another; `None` where only the whole can be read.
    fn resumes_at(&self, from: u64) -> Option<u64> {
        let [input] = self.inputs.as_slice() else {
            return None;
        };
        let begin = head(&input.source, HEAD).ok()?;
        Some(Current::new(input.clone(), 0, from, &begin).ok()?.from)
    }
}

/// A stretch of a file.
#[derive(Clone, Debug)]
pub struct Part {
    /// Rows with the columns of `provisioning_columns`, as they come; an Id may stand in several.
    pub provisioning: Vec<RecordBatch>,
    /// Rows with the columns of `delivery_columns`: one for each row of `provisioning`, in the same order.
    pub delivery: Vec<RecordBatch>,
    /// Rows with the columns of `audit_columns`.
    pub audit: Vec<RecordBatch>,
    /// What a side file tells of deliveries of rows that lie elsewhere: the columns of `delivery_columns`, File empty.
    pub told: Vec<RecordBatch>,
    /// Bytes of the file that need not be read again once this part and those before it are kept. Plain files of JSON
    /// lines count line by line; others have 0 until their last part, and always 0 when they hold no logs.
    pub end: u64,
    /// What reading it did. The file itself is counted in its last part.
    pub summary: Summary,
}

/// How files are read in parts.
#[derive(Clone, Debug)]
pub struct PartOptions {
    /// As for `open`; `table_name` and `keep_parquet` do not count.
    pub open: OpenOptions,
    /// Threads that parse.
    pub threads: usize,
    /// Bytes of text in a part, about.
    pub part_bytes: usize,
}

/// The files of all paths, those first that tell most of each event. One that cannot be read and was not named is there,
/// too: reading it says that it is passed over.
///
/// # Errors
/// A path that names nothing; a named file that cannot be read.
pub fn files(paths: &[PathBuf]) -> Result<Vec<LogFile>, OpenError> {
    let mut ranked: Vec<(u8, LogFile)> = Vec::new();
    let (mut portal, mut beside) = (Vec::new(), Vec::new());
    for input in paths::expand(paths)? {
        let begin = match head(&input.source, HEAD) {
            Ok(begin) => begin,
            Err(error) if input.named => return Err(OpenError::unreadable(&input.label, &error)),
            Err(_) => Vec::new(),
        };
        let portal_file = (container(&begin) == Container::Text).then(|| portal_file(&begin)).flatten();
        match portal_file {
            Some(portal_csv::File::Main) => portal.push(input),
            Some(portal_csv::File::Steps | portal_csv::File::Properties) => beside.push(input),
            None => ranked.push((rank(&begin), LogFile { inputs: vec![input] })),
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut files: Vec<LogFile> = ranked.into_iter().map(|(_, file)| file).collect();
    if portal.is_empty() || beside.is_empty() {
        files.extend(portal.into_iter().chain(beside).map(|input| LogFile { inputs: vec![input] }));
    } else {
        // Steps and properties must be known before the rows that they belong to.
        beside.extend(portal);
        files.push(LogFile { inputs: beside });
    }
    Ok(files)
}

/// Reads a file from a byte on, which an earlier part's `end` named; 0 for the whole. A file that cannot be resumed is
/// read from its beginning.
///
/// # Errors
/// A named file that cannot be read or holds no logs; with `strict`, its first broken line; what `take` gives.
pub fn read<E: From<OpenError>>(
    file: &LogFile,
    from: u64,
    options: &PartOptions,
    take: &mut dyn FnMut(Part) -> Result<(), E>,
) -> Result<(), E> {
    read_all(&[(file.clone(), from)], options, &mut |_, part| take(part))
}

/// Reads several files as `read` does; `take` gets the place of the file and its part, in their order.
///
/// # Errors
/// As `read`. Parts of files before the one at fault have been taken then.
pub fn read_all<E: From<OpenError>>(
    files: &[(LogFile, u64)],
    options: &PartOptions,
    take: &mut dyn FnMut(usize, Part) -> Result<(), E>,
) -> Result<(), E> {
    side_by_side::read(files, options, take)
}
