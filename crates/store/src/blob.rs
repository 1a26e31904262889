//! How a blob is known again: by its path and what it begins with. Its version is the bytes of it that are in the store.
//!
//! A blob that grows keeps its beginning, so only its new end is read. One that can only be read as a whole, and was left
//! in the midst of it, is known by its rows instead: those that are in the store are passed over.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use xxhash_rust::xxh64::xxh64;

/// Bytes of a beginning at most.
const HEAD: u64 = 4096;
/// The tables whose rows are counted while a blob is not done.
const COUNTERS: [&str; 2] = ["provisioning", "audit"];

/// Where reading a blob goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Resume {
    /// The application of the blob in the log; `None` for what is no file.
    pub(crate) application: Option<String>,
    /// The byte from which on it is read.
    pub(crate) from: u64,
    /// Its bytes now.
    pub(crate) size: u64,
    /// Rows of both tables to pass over.
    pub(crate) rows: [u64; 2],
}

impl Resume {
    /// Whether all of it is in the store.
    pub(crate) fn is_known(&self) -> bool {
        self.size > 0 && self.from == self.size
    }

    /// The applications that count rows of both tables while the blob is not done.
    pub(crate) fn counters(&self) -> Option<[String; 2]> {
        let name = self.application.as_deref()?;
        Some(COUNTERS.map(|table| format!("{name}|{}|{table}", self.size)))
    }
}

/// The blob that an application is of; `None` for other applications.
pub(crate) fn blob_of(application: &str) -> Option<&str> {
    let counted = COUNTERS.iter().any(|table| application.ends_with(&format!("|{table}")));
    let blob = if counted { application.rsplitn(3, '|').nth(2)? } else { application };
    blob.contains('|').then_some(blob)
}

/// Where reading a file of that size goes on, by what the log knows.
pub(crate) fn resume(path: &Path, size: u64, known: &HashMap<String, i64>) -> std::io::Result<Resume> {
    // Whatever links and `..` lead to it, it is the same blob.
    let place = path.canonicalize()?;
    let name = place.to_string_lossy();
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    let application = |length: usize| format!("{name}|{length}|{:016x}", xxh64(&head[..length], 0));
    // The length of a beginning is a power of two: a blob that has grown is looked up by each that it may have had.
    let lengths =
        || (0..=HEAD.ilog2()).rev().map(|power| 1usize << power).filter(|length| *length <= head.len());
    let mut resume = Resume { size, ..Resume::default() };
    for length in lengths() {
        let application = application(length);
        if let Some(version) = known.get(&application) {
            let from = u64::try_from(*version).unwrap_or_default();
            // A blob that has shrunk is another one.
            resume.from = if from <= size { from } else { 0 };
            resume.application = Some(application);
            break;
        }
    }
    if resume.application.is_none() {
        resume.application = lengths().next().map(application);
    }
    if let Some(counters) = resume.counters() {
        resume.rows = counters.map(|counter| {
            known.get(&counter).and_then(|rows| u64::try_from(*rows).ok()).unwrap_or_default()
        });
    }
    Ok(resume)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blobs_are_known_again_however_they_grow() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("PT1H.json");
        let mut known = HashMap::new();
        let mut text = "{\"time\":1}\n".repeat(3);
        std::fs::write(&path, &text).unwrap();
        let first = resume(&path, text.len() as u64, &known).unwrap();
        assert_eq!((first.from, first.is_known()), (0, false));
        known.insert(first.application.clone().unwrap(), text.len() as i64);
        assert!(resume(&path, text.len() as u64, &known).unwrap().is_known());
        let before = text.len() as u64;
        text.push_str(&"{\"time\":2}\n".repeat(2000));
        std::fs::write(&path, &text).unwrap();
        let grown = resume(&path, text.len() as u64, &known).unwrap();
        assert_eq!((grown.from, &grown.application), (before, &first.application));
        std::fs::write(&path, "{\"other\":1}\n".repeat(9)).unwrap();
        assert_eq!(resume(&path, 108, &known).unwrap().from, 0);
        std::fs::write(&path, "").unwrap();
        assert_eq!(resume(&path, 0, &known).unwrap(), Resume::default());
    }

    #[test]
    fn rows_of_a_blob_that_is_not_done_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "Id,TimeGenerated\n").unwrap();
        let first = resume(&path, 17, &HashMap::new()).unwrap();
        let counters = first.counters().unwrap();
        for application in counters.iter().chain(&first.application) {
            assert_eq!(blob_of(application), first.application.as_deref());
        }
        assert_eq!(blob_of("calypso"), None);
        let known = counters.into_iter().zip([7, 2]).collect();
        let again = resume(&path, 17, &known).unwrap();
        assert_eq!((again.from, again.rows, again.is_known()), (0, [7, 2], false));
    }
}
