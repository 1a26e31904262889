//! What opening files did: rows read, duplicates dropped, lines refused, files passed over.

use crate::json_file::HALF_WRITTEN;
use std::collections::BTreeMap;
use std::fmt;

/// Problems and skipped files listed one by one at most; all are counted.
const LISTED: usize = 1000;

/// A line, element or file that could not be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The file, as named.
    pub file: String,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: u64,
    /// What was found, in lower case, without a full stop.
    pub reason: String,
}

impl Problem {
    /// Whether it is the last line of a file that is still being written: it is read when the rest is there.
    pub fn is_half_written(&self) -> bool {
        self.reason == HALF_WRITTEN
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return write!(f, "{}: {}", self.file, self.reason);
        }
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// What one file turned out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileRead {
    /// The file, as named.
    pub file: String,
    /// Its shape in words: "diagnostic settings", "Graph page".
    pub shape: &'static str,
    /// Rows taken from it, duplicates not counted.
    pub rows: u64,
}

/// What opening files did. Nothing is lost without a number here.
#[derive(Clone, Default, Debug)]
pub struct Summary {
    /// Files read.
    pub files: u64,
    /// Rows in the tables.
    pub rows_read: u64,
    /// Records dropped because their Id had been read before.
    pub duplicates: u64,
    /// Lines and elements that could not be read.
    pub refused: u64,
    /// The refused ones, up to a limit.
    pub problems: Vec<Problem>,
    /// Files passed over, with the reason, up to a limit.
    pub skipped: Vec<Problem>,
    /// How many files were passed over.
    pub files_skipped: u64,
    /// What was found odd but read, with how often.
    pub warnings: BTreeMap<String, u64>,
    /// Each file with its shape.
    pub shapes: Vec<FileRead>,
}

impl Summary {
    pub(crate) fn refuse(&mut self, problem: Problem) {
        self.refused += 1;
        if self.problems.len() < LISTED {
            self.problems.push(problem);
        }
    }

    pub(crate) fn skip(&mut self, file: &str, reason: impl Into<String>) {
        self.files_skipped += 1;
        if self.skipped.len() < LISTED {
            self.skipped.push(Problem { file: file.to_owned(), line: 0, reason: reason.into() });
        }
    }

    /// A file that may hold logs and cannot be read: it is passed over, and every query says so.
    pub(crate) fn unreadable(&mut self, file: &str, why: &dyn fmt::Display) {
        self.skip(file, format!("cannot be read: {why}"));
        self.warn("files or folders that cannot be read");
    }

    pub(crate) fn warn(&mut self, warning: &str) {
        let full = self.warnings.len() >= LISTED && !self.warnings.contains_key(warning);
        let name = if full { "other warnings" } else { warning };
        match self.warnings.get_mut(name) {
            Some(count) => *count += 1,
            None => drop(self.warnings.insert(name.to_owned(), 1)),
        }
    }

    /// Adds what opening other files did.
    pub fn add(&mut self, other: Summary) {
        self.files += other.files;
        self.rows_read += other.rows_read;
        self.duplicates += other.duplicates;
        self.refused += other.refused;
        self.files_skipped += other.files_skipped;
        self.problems.extend(other.problems);
        self.problems.truncate(LISTED);
        self.skipped.extend(other.skipped);
        self.skipped.truncate(LISTED);
        for (warning, count) in other.warnings {
            *self.warnings.entry(warning).or_default() += count;
        }
        self.shapes.extend(other.shapes);
    }

    /// Warnings, refused lines and files passed over, one line each, at most `limit` of each kind.
    pub fn notes(&self, limit: usize) -> Vec<String> {
        let mut notes: Vec<String> = Vec::new();
        notes.extend(self.warnings.iter().take(limit).map(|(warning, count)| format!("{warning} ({count})")));
        notes.extend(self.problems.iter().take(limit).map(|problem| format!("refused {problem}")));
        push_rest(&mut notes, self.refused, self.problems.len().min(limit), "more refused");
        notes.extend(self.skipped.iter().take(limit).map(|skipped| format!("passed over {skipped}")));
        push_rest(&mut notes, self.files_skipped, self.skipped.len().min(limit), "more files passed over");
        notes
    }
}

fn push_rest(notes: &mut Vec<String>, all: u64, listed: usize, what: &str) {
    let rest = all.saturating_sub(listed as u64);
    if rest > 0 {
        notes.push(format!("{} {what}", grouped(rest)));
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "read {} from {}, {} dropped, {} refused",
            counted(self.rows_read, "row"),
            counted(self.files, "file"),
            counted(self.duplicates, "duplicate"),
            grouped(self.refused)
        )?;
        if self.files_skipped > 0 {
            write!(f, ", {} passed over", counted(self.files_skipped, "file"))?;
        }
        Ok(())
    }
}

/// A number with its noun: `1 row`, `1,234 rows`.
fn counted(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number with commas.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_one_line() {
        let mut summary = Summary { files: 1, rows_read: 1234, duplicates: 1, ..Summary::default() };
        assert_eq!(summary.to_string(), "read 1,234 rows from 1 file, 1 duplicate dropped, 0 refused");
        summary.skip("a.png", "not a log");
        summary.refuse(Problem { file: "b".into(), line: 3, reason: "cut".into() });
        assert!(summary.to_string().ends_with("1 refused, 1 file passed over"));
        assert_eq!(summary.notes(9), ["refused b:3: cut", "passed over a.png: not a log"]);
    }
}
